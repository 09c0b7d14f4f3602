"""People who are withheld: the list of them, what stands for each of them, and sheets' texts without them.

A text is redacted before it is parsed, so that no fact, passage, vector or stored text ever holds the person.

    entries   the list in the sheets folder, withheld.jsonl
    person    who an entry means: names, addresses and numbers, found through the contacts of all sheets
    forms     the ways in which sheets write a name, an address or a number
    glance    whether somebody may stand in a text at all
    redact    a text without them
    neighbours    the words beside a name that make it somebody else's
    alone     first and family names by themselves, on a sheet where the person stands
    gather    all of it for a collection of sheets
    marker    what stands in their place
"""
