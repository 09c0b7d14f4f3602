"""What the sheets tell in sentences: a section of a project, or the sentences that answer a question, quoted."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from esfbot.answers.chosen import chosen
from esfbot.answers.confirm import asks_having
from esfbot.answers.passages import Excerpt, Found, Topic, excerpts, search, topic_of
from esfbot.answers.places import places_of
from esfbot.answers.refusals import none_there, outside
from esfbot.encoders import Encoder
from esfbot.fields import field_named
from esfbot.language.sentences import sentence_spans
from esfbot.language.words import fold
from esfbot.model.answer import Answer, Block, Kind, ProjectRef, Quote, Say
from esfbot.model.project import Project, Section, Source
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say

_LONGEST_SECTION = 900  # characters
_WHOLE_SECTION = 1_000_000
_QUOTED = 3  # projects quoted in a reply to a question that names none
# When a passage is taken for an answer, by the share of the topic it holds and by the score (see `Found`). Calibrated
# on 60 questions that sheets answer and 40 that they do not; benchmarks/calibrate.py prints the figures anew.
_SHARE, _SCORE = 0.2, 4.4
_MOST, _MUCH_MORE = 0.51, 2.4
_SHARE_OF_NAMED = 0.25
_SHARE_ELSEWHERE = 0.5
_SHARE_BESIDE_FACTS = 0.6
_WHOLE_TOPIC = 4.0  # what it is worth, in the same measure, that a project speaks of all of the topic
_BESIDE_BEST = 0.75  # of the best project's score, to be quoted beside it


def section_or_passages(query: Query, store: SqliteStore, encoder: Callable[[], Encoder]) -> Answer:
    """The sections asked for, of each project; where a sheet has none, what it says elsewhere of the matter."""
    blocks: list[Block] = []
    for id_, title in store.titles(query.projects).items():
        project = ProjectRef(id_, title)
        sections = store.sections(id_)
        for field in query.fields:
            wanted = _sections_of(field, sections)
            if wanted:
                blocks.extend([Say(say("yes", query.language))] if asks_having(query) else [])
                longest = _WHOLE_SECTION if query.everything else _LONGEST_SECTION
                blocks.extend(_quote_section(project, section, longest) for section in wanted)
                continue
            names = field_named(field).within(query.language)
            if asks_having(query):
                blocks.append(Say(say("no_such_section", query.language, project=title, fields=names)))
            elif quotes := told_elsewhere((query.about, field_named(field).sv), project, query, store, encoder):
                blocks.append(Say(say("no_section", query.language, project=title, fields=names)))
                blocks.extend(quotes)
            else:
                blocks.append(Say(say("not_stated", query.language, project=title, fields=names)))
    told = any(isinstance(block, Quote) for block in blocks)
    projects = tuple(ProjectRef(id_, title) for id_, title in store.titles(query.projects).items())
    kind = Kind.SECTION if told else Kind.NOT_STATED
    return Answer(query.text, query.language, kind, tuple(blocks), projects, abstained=not told)


def sections_of(fields: Sequence[str], project: Project, store: SqliteStore) -> list[Quote]:
    """The sections of these kinds that a project's sheet has, quoted from their beginning."""
    if not fields:
        return []
    found = store.sections(project.id)
    ref = ProjectRef(project.id, project.title)
    return [_quote_section(ref, section) for field in fields for section in _sections_of(field, found)]


def _sections_of(field: str, sections: Sequence[Section]) -> list[Section]:
    """The sections of a kind. What a project is about stands in its summary, or in the text of a sheet without
    headings."""
    found = [section for section in sections if section.kind == field]
    if not found and field in ("summary", "description"):
        found = [section for section in sections if section.kind in ("summary", "description")][:1]
    return found or ([sections[0]] if field == "summary" and sections else [])


def _quote_section(project: ProjectRef, section: Section, longest: int = _LONGEST_SECTION) -> Quote:
    text, cut = beginning(section.text, longest)
    return Quote(project, section.heading, text, section.source, cut)


def beginning(text: str, longest: int) -> tuple[str, bool]:
    """The first sentences of ``text``, at most ``longest`` characters unless the first has more, and whether it goes
    on."""
    end = 0
    for _, stop in sentence_spans(text):
        if end and stop > longest:
            return text[:end], True
        end = stop
    return text[:end], False


def told_elsewhere(
    about: Sequence[str], project: ProjectRef, query: Query, store: SqliteStore, encoder: Callable[[], Encoder]
) -> list[Quote]:
    """Where a sheet that lacks a field or a section still speaks of its matter, by the first of ``about`` that is
    found."""
    for text in about:
        topic = topic_of(text, store)
        found = [f for f in search(query.text, topic, store, encoder, [project.id]) if f.share >= _SHARE_ELSEWHERE]
        if found:
            return [_quote(excerpts(found, topic, query.wants)[0], project)]
    return []


def passages(query: Query, store: SqliteStore, encoder: Callable[[], Encoder]) -> Answer:
    """The sentences that answer a question of the narrative, of named projects, of those of a place, or of any."""
    among: list[str] = []
    if query.projects:
        among = chosen(query, store)
        query = replace(query, projects=tuple(among))
    elif query.conditions:
        # What is told of a place also stands in the text of projects that do not list it.
        among = [*store.find(query.conditions), *store.mentioning([place.code for place in places_of(query)])]
    if (query.projects or query.conditions) and not among:
        return none_there(query, store)
    topic = topic_of(query.about if query.fields and query.projects else query.topic, store)
    found = search(query.text, topic, store, encoder, among)
    answer = _of_named(query, found, topic, store, encoder) if query.projects else _of_any(query, found, topic, store)
    if not query.unread or answer.abstained:
        return answer
    return replace(answer, blocks=(Say(say("not_counted", query.language, topic=query.topic)), *answer.blocks))


def tells_of_topic(query: Query, store: SqliteStore, encoder: Callable[[], Encoder]) -> list[Quote]:
    """Quotes that answer a question which names facts among other matters, where the narrative speaks of those.

    "How many weeks is the group activity that starts X?" asks nothing of a start date. Empty for a person: what is told
    of a project is no answer about its contact.
    """
    if not query.topic or _people(query):
        return []
    topic = topic_of(query.topic, store)
    found = [f for f in search(query.text, topic, store, encoder, query.projects) if f.share >= _SHARE_BESIDE_FACTS]
    titles = store.titles(query.projects)
    return _best_quotes(found, topic_of(query.about, store), titles, query.wants) if found else []


def _of_named(
    query: Query, found: Sequence[Found], topic: Topic, store: SqliteStore, encoder: Callable[[], Encoder]
) -> Answer:
    titles = store.titles(query.projects)
    quotes = _best_quotes([f for f in found if _answers_of_named(f, query)], topic, titles, query.wants)
    if not quotes and query.fields:
        return section_or_passages(query, store, encoder)
    refs = tuple(ProjectRef(id_, title) for id_, title in titles.items())
    if quotes:
        told = {quote.project for quote in quotes}
        return Answer(
            query.text, query.language, Kind.PASSAGES, tuple(quotes), tuple(ref for ref in refs if ref in told)
        )
    text = " ".join(say("not_told", query.language, project=ref.title) for ref in refs)
    offers = tuple(say("ask_about", query.language, project=ref.title) for ref in refs[:2])
    return Answer(query.text, query.language, Kind.NOT_STATED, (Say(text),), refs, offers, abstained=True)


def _best_quotes(found: Sequence[Found], topic: Topic, titles: dict[str, str], wants: str) -> list[Quote]:
    """Of each project the best sentences, and the next best of another passage where they are nearly as good."""
    quotes: list[Quote] = []
    for id_, title in titles.items():
        own = excerpts([f for f in found if f.passage.project == id_], topic, wants)
        kept = own[:1] + [excerpt for excerpt in own[1:2] if excerpt.score >= _BESIDE_BEST * own[0].score]
        quotes.extend(_quote(excerpt, ProjectRef(id_, title)) for excerpt in kept)
    return quotes


def _people(query: Query) -> list[str]:
    return [named.name for named in query.names if named.field in ("contact", "email", "phone")]


def _answers_of_named(found: Found, query: Query) -> bool:
    """Whether a passage of a named project speaks of the topic. Of a person it must also say the name: what a project
    does is no answer to what its contact earns."""
    people = _people(query)
    if people and not any(fold(name) in fold(found.passage.text) for name in people):
        return False
    return found.share >= _SHARE_OF_NAMED


def _of_any(query: Query, found: Sequence[Found], topic: Topic, store: SqliteStore) -> Answer:
    best: dict[str, Found] = {}
    for candidate in found:
        best.setdefault(candidate.passage.project, candidate)
    texts = {id_: "\n".join(f.passage.text for f in found if f.passage.project == id_) for id_ in best}
    # A project that speaks of the whole topic, be it in several places, comes before one that speaks of a part.
    scores = {id_: f.score + _WHOLE_TOPIC * topic.share(texts[id_]) for id_, f in best.items()}
    ranked = sorted(best, key=lambda id_: -scores[id_])
    answering = [id_ for id_ in ranked if _answers(best[id_])]
    if not answering:
        return outside(query, store)
    answering = [id_ for id_ in answering if scores[id_] >= _BESIDE_BEST * scores[answering[0]]][:_QUOTED]
    titles = store.titles(answering)
    quotes: list[Quote] = []
    for id_ in answering:
        own = excerpts([f for f in found if f.passage.project == id_], topic, query.wants)
        quotes.append(_quote(own[0], ProjectRef(id_, titles[id_])))
    projects = tuple(quote.project for quote in quotes)
    offers = tuple(say("ask_contact", query.language, project=project.title) for project in projects[:1])
    return Answer(query.text, query.language, Kind.PASSAGES, tuple(quotes), projects, offers, questions=offers)


def _answers(found: Found) -> bool:
    """Whether a passage speaks of the topic of a question that names no project. Where it holds half of the words or
    less it must be much more like the question than others: the word that it lacks may be the one that matters."""
    return found.score >= _SCORE and (found.share >= _MOST or (found.share >= _SHARE and found.above >= _MUCH_MORE))


def _quote(excerpt: Excerpt, project: ProjectRef) -> Quote:
    passage = excerpt.found.passage
    line = passage.source.line + passage.text.count("\n", 0, excerpt.start)
    cut = excerpt.end < len(passage.text.rstrip())
    return Quote(
        project, passage.heading, passage.text[excerpt.start : excerpt.end], Source(passage.source.sheet, line), cut
    )
