"""Templates of the narrative's sentences, by what they are for.

Names in braces are filled in: ``group``, ``participants``, ``method``, ``partner``, ``brand`` and ``share`` from a
project's story; ``place`` and ``elsewhere`` are municipalities; the rest is left to chance. A name with a capital is
written with one.
"""

# Who, how many and how: one begins every sheet's narrative.
OPENING = (
    "{participants} {group} deltar och arbetssättet är {method}. Projektet håller till i {venue}.",
    "Genom {method} får {group} nya kunskaper. Sammanlagt deltar {participants} personer i omgångar om {small}.",
    "Projektet prövar {method} tillsammans med {group}. {participants} personer ska delta under projekttiden.",
    "{Group} får en väg in i {branch}. {participants} personer erbjuds {method} i {weeks} veckor.",
    "I {venue} möts {participants} {group} för att prova {method}.",
    "{Method} är kärnan i projektet, som riktar sig till {group}. Det har plats för {participants} deltagare.",
    "Det här är ett projekt för {group}. {participants} personer deltar, och till sin hjälp har de {method}.",
    "Med {method} ska {group} stå starkare i {branch}. Platserna är {participants}.",
    "{participants} {group} får pröva {method} under {weeks} veckor. {small} handledare följer dem hela vägen.",
    "Hur kan {method} göra skillnad för {group}? Det ska {participants} deltagare visa.",
)
# With whom, and what they have made: one is on every sheet.
PARTNERSHIP = (
    "{partner} har tagit fram metoden {brand}, som används varje vecka.",
    "Tillsammans med {partner} utvecklas arbetsboken {brand}.",
    "Kursen {brand} leds av {partner} och är öppen även för anhöriga.",
    "{partner} lånar ut lokaler och personal. Allt material samlas i verktygslådan {brand}.",
    "Modellen {brand} kommer från {partner} och har prövats i liten skala förut.",
    "Handledarna från {partner} arbetar enligt modellen {brand}.",
    "Appen {brand} byggs av {partner} och ska finnas kvar när projektet är slut.",
    "Avtalet med {partner} ger {small} platser om året. Samarbetet går under namnet {brand}.",
    "Vid {brand}, en mötesplats som {partner} driver, äter alla frukost ihop.",
    "Utvärderingen görs av {partner} med frågeformuläret {brand}.",
)
# What is to be reached: one is on every sheet.
GOAL_OF_EMPLOYED = (
    "Minst {share} procent av deltagarna ska ha klarat slutprovet.",
    "{share} procent ska uppge att de klarar nya arbetsuppgifter efter utbildningen.",
    "Målet är att {share} procent stannar i yrket.",
    "Sjukfrånvaron ska minska och {share} procent ska rekommendera utbildningen till en kollega.",
    "När projektet avslutas ska {share} procent ha fått ett intyg som gäller i hela branschen.",
    "{share} procent av arbetsplatserna ska ha en kompetensplan som följs upp varje år.",
)
GOAL_OF_SEEKING = (
    "Minst {share} procent av deltagarna ska ha gått vidare till arbete eller studier.",
    "Målet är att {share} procent får en anställning inom ett halvår.",
    "{share} procent ska lämna försörjningsstödet.",
    "Efter avslutad insats ska {share} procent arbeta minst halvtid.",
    "Av dem som börjar ska {share} procent fullfölja, och alla ska få ett eget intyg.",
    "När projektet avslutas ska {share} procent ha en egen försörjning.",
)
BACKGROUND = (
    "I {place} har behovet ökat sedan {year}. En kartläggning visade att {before} procent saknar det stöd de behöver.",
    "Förstudien byggde på {many} intervjuer. Nästan alla nämnde långa väntetider och otydliga besked.",
    "{Branch} söker folk men hittar inte rätt kompetens. {small} företag har tackat nej till beställningar.",
    "Ett liknande försök i {elsewhere} fick avbrytas när lokalerna såldes.",
    "Mellan {year} och {later} försvann {many} arbetstillfällen i {place}, de flesta i {branch}.",
    "Tidigare insatser har varit för korta. De varade i {weeks} veckor och nådde {before} procent av målgruppen.",
    "Arbetsgivare i {elsewhere} har redan visat intresse för att följa arbetet på avstånd.",
    "Under {year} fick {many} personer avslag på sin ansökan om utbildning. Avståndet till närmaste skola är stort.",
    "Enkätsvaren var tydliga: {before} procent visste inte vart de skulle vända sig.",
    "En plats i den gamla utbildningen kostade {cost} kronor och ledde sällan vidare.",
    "Ingen ansvarar i dag för helheten. En familj i {place} hade kontakt med {small} handläggare på ett år.",
    "Könsfördelningen i {branch} är sned: bara {before} procent är kvinnor.",
)
PURPOSE = (
    "Syftet är att {group} ska få större inflytande över sin egen vardag.",
    "Arbetsgivare ska våga pröva {method} även när projektet är slut.",
    "Avsikten är att korta vägen mellan första mötet och nästa steg till {weeks} veckor.",
    "Erfarenheterna ska spridas till hela {branch} och bli en del av den vanliga verksamheten.",
    "Kunskaper som deltagarna redan har ska bli synliga och räknas.",
    "Projektet ska visa att {group} är en tillgång för {branch}.",
    "Fler ska få möjlighet att växa utan att behöva flytta från {place}.",
    "Avstånden mellan myndigheter, företag och föreningar ska krympa.",
)
DETAIL = (
    "Träffarna hålls i {venue} varje tisdag och torsdag.",
    "Grupperna har högst {small} deltagare, och ingen behöver vänta längre än {weeks} veckor på en plats.",
    "Arbetet leds av {small} coacher som alla har egen erfarenhet av {branch}.",
    "Barnpassning ordnas i {venue}, så att även föräldrar kan vara med.",
    "Varje deltagare får en fadder och en dagbok.",
    "Frukosten klockan sju är ett sätt att skapa rutiner.",
    "En gång i månaden bjuds arbetsgivare från {place} in till en öppen kväll.",
    "Resorna betalas av projektet, också för den som bor långt bort.",
    "Kartläggningen tar {small} dagar och görs på deltagarens eget språk.",
    "En styrgrupp med {small} ledamöter möts varje kvartal.",
)
GOAL_DETAIL = (
    "{small} företag ska ha skrivit avtal om att fortsätta.",
    "{many} besök på arbetsplatser ska ha gjorts.",
    "Alla handledare ska ha gått en grundkurs om {weeks} timmar.",
    "En handbok på lätt svenska ska vara spridd till {small} kommuner.",
    "Väntetiden ska ha halverats jämfört med {year}.",
    "Två av tre deltagare ska uppleva att deras självförtroende har vuxit.",
)
ACCESSIBILITY = (
    "Lokalerna har ramp, teslinga och ett vilorum.",
    "Allt material finns som talbok och på teckenspråk. {small} deltagare väntas behöva tolk.",
    "Mötena är korta och hålls alltid i samma rum, med dämpat ljus.",
    "Den som har svårt att läsa får hjälp av en uppläsare i telefonen.",
    "En rullstolsburen arkitekt går igenom {venue} innan arbetet börjar.",
    "Hjälpmedel lånas ut under hela tiden, och schemat anpassas efter var och en.",
)
GENDER_EQUALITY = (
    "Av deltagarna ska hälften vara kvinnor. Bilderna i annonserna visar därför båda könen.",
    "I {branch} söker sig män och kvinnor till olika yrken. Studiebesöken är valda för att bryta mönstret.",
    "Alla handledare utbildas i jämställdhet under {small} timmar.",
    "Talartiden mäts på mötena och redovisas för styrgruppen.",
    "Kvinnor och män får samma lön under praktiken, vilket inte alltid har varit fallet.",
    "Papporna bjuds in särskilt, eftersom de sällan tackar ja.",
)
TRANSNATIONAL = (
    "Projektet besöker {abroad} två gånger och tar emot ett återbesök.",
    "Ett utbyte med {abroad} handlar om {method}.",
    "Tillsammans med en skola i {abroad} skrivs en gemensam handbok.",
    "Erfarenheter hämtas från {abroad}, där {before} procent av deltagarna fått arbete.",
    "Fyra deltagare gör praktik hos ett företag i {abroad} under {weeks} dagar.",
    "Varje halvår hålls ett nätmöte med kollegor i {abroad}.",
)
CAPITALS = ("NULÄGE", "MÅLGRUPP", "BEHOV", "FÖRSTUDIENS RESULTAT", "OMVÄRLD")
ITEMS_OF_LIST = (
    "Enkäter till alla deltagare", "Gruppsamtal", "Handledning i par", "Intervjuer med chefer", "Kurskvällar",
    "Mentorer", "Praktik med lön", "Skuggning av kollegor", "Studiebesök", "Workshoppar",
)  # fmt: skip
