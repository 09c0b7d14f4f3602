"""Parts that names are put together from, and the words of which the narrative tells: all invented, all Swedish."""

# Persons. Surnames are put together, so that nobody has them.
FIRST_NAMES = (
    "Åsa Örjan Märta Björn Gunilla Håkan Sölve Inga-Lill Per-Olof Anna-Karin Lars-Åke Karl-Gustav Ulla-Britt Maj-Britt "
    "Fatima Amina Hassan Leyla Omar Yasmin Samir Nadja Zoran Mirela Agnieszka Tadeusz Hamid Selam Abdi Hodan "
    "Agneta Albin Alva Axel Barbro Bengt Berit Birger Bodil Bo Britta Cecilia Dag Ebba Edvin Einar Elin Ellen Elsa "
    "Emil Edla Esbjörn Eva Folke Frida Gerd Greger Göran Görel Göte Hanna Hedda Helge Hilma Hjalmar Hugo Ida Ingvar "
    "Irma Ivar Jerker Jonas Josefin Jörgen Kajsa Kerstin Kjell Klara Knut Lena Lisbet Love Lovisa Maria Matilda Mats "
    "Mikael Moa Märit Måns Nanna Nils Nina Noomi Olle Oskar Ottilia Patrik Pia Ragnar Rakel Renée Roland Rut Rönnaug "
    "Saga Signe Sigvard Siv Sixten Solveig Sten Stina Svante Sören Tage Tea Tekla Tilde Torbjörn Tore Tuva Ulf Ulrika "
    "Valborg Vanja Vega Vendela Viggo Vilgot Viveka Ylva Yngve Yvonne Zackarias Åke Ådel Ålund Ärna Östen"
).split()
SURNAME_STARTS = (
    "Alm Aspe Björk Bok Brännd Dal Ek Fager Fjäll Gran Grön Hagel Hassel Hjort Hägg Kvarn Kärr Lärk Löv Malm Måne "
    "Nors Rim Ros Rönn Sandel Silver Sjö Snö Sten Säf Tall Trast Tång Ugg Vass Vide Ängel Åker Älv Ör Öster"
).split()
SURNAME_ENDS = (
    "brink bärg dunge fjord flod glänta gryning hage hök kvarn ljung lykta mossa nejd rask sadel skata skär snår "
    "spång språng stjärn svärd torp tuva udde vret yxa åsling ängel öga"
).split()
OTHER_SURNAMES = (
    "Abdulmasar Al-Hamdiri D'Orsane Farahvand Haddarin Hosseinzar Jovanovek Karimzadel Kowalczin Mahmoudir Nguyenholm "
    "O'Dalmark Osmanagic-Lind Pettersberg-Ahl Rahimvari Tesfagiorn Tran-Åvik Yilmazel af-Tjäderborg Çelikan"
).split()
PARTICLES = ("von", "de", "af")

# Organisations.
PLACE_STARTS = (
    "Alkärr Blåsipp Björkudds Dalkarls Enbuske Fjärds Fyrvaktar Granhöjds Gråstens Hasselback Havsbryn Humle Järnvägs "
    "Klockar Kråkvinge Lärkhöjds Malmtorgs Masugns Måskens Norrskens Näckros Oxtorgs Pilgrims Porslins Rallar "
    "Rönnbärs Segelmakar Silverpils Skeppar Slåtter Smältugns Snöfalls Solvisar Strandängs Svanviks Tegelbruks Timmer "
    "Tjärdals Tranmyrs Urverks Vargtass Vattentorns Vindbryggs Vitmosse Väderkvarns Åskmolns Älvbrinks Ängsulls"
).split()
PLACE_ENDS = "backen dammen gården hagen kullen kvarteret lunden parken stenen tornet udden villan".split()
KINDS_OF_ORGANISATION = (
    "{}s Åkeri AB", "{}s Snickeri AB", "{}s Plåt & Vent AB", "{}s Bageri", "{}s folkhögskola", "Föreningen {}",
    "Stiftelsen {}", "Studieförbundet {}", "Samordningsförbundet {}", "Kooperativet {}", "Hotell {}", "IT-bolaget {}",
    "{} Omsorg AB", "{} Industri AB", "{} Utveckling ek. för.", "Bildningsförbundet {}", "{} Bemanning AB",
    "Företagarringen {}", "Idrottsföreningen {}", "Museet {}", "Yrkeshögskolan {}", "Handelsgården {}",
)  # fmt: skip
OFFICES = (
    "Arbetsmarknadsavdelningen", "Arbetsmarknadsförvaltningen", "Barn- och utbildningskontoret", "Gymnasiekontoret",
    "Kommunledningskontoret", "Kommunstyrelseförvaltningen", "Näringslivsenheten", "Socialförvaltningen",
    "Vuxenutbildningen", "Vård- och omsorgsförvaltningen",
)  # fmt: skip
AUTHORITIES = ("Arbetsförmedlingen {}", "Försäkringskassan {}", "Vårdcentralen {}", "Tillväxtbolaget i {}")
WORKPLACES = (
    "Bageriet på torget", "Barnomsorgen öster", "Barnomsorgen väster", "Daglig verksamhet Solrosen", "Fritidsgården",
    "Förskolan Igelkotten", "Förskolan Trollskogen", "Gruppboendet Tistelgatan", "Hemtjänsten centrum",
    "Hemtjänsten landsbygden", "Kostenheten", "Lokalvården", "Parkförvaltningen", "Räddningstjänsten",
    "Särskilt boende Rosengården och Liljan", "Särskilt boende Ängsgården", "Tekniska kontoret", "Träffpunkten Navet",
    "Verkstadsskolan Mejseln", "Vuxenutbildningens lärcentrum, Norra skolan", "Äldreomsorgen norr",
    "Äldreomsorgen söder",
)  # fmt: skip

# Titles.
TITLE_STARTS = (
    "Arbets Bygg Drivhus Fram Frihets Gnist Grund Hopp Hälso Idé Jobb Kompetens Kraft Kunskaps Kust Livs Ljus Lyft "
    "Lärlings Mod Mål Möjlighets Nätverks Norr Nytto Omsorgs Praktik Rot Rätt Samspels Skogs Språk Start Styrke "
    "Tillits Trygghets Ung Utbildnings Vardags Verkstads Vind Vinnar Vård Vänd Växt Yrkes Återstarts Äppel Öppnings"
).split()
TITLE_ENDS = (
    "arenan banan bron bygget bågen dörren fabriken fyren gläntan hamnen hjulet hörnan kedjan klivet klubben kompassen "
    "kraften kransen kurvan kuren länken lyktan motorn mötet navet nyckeln nätet porten resan ringen rummet rörelsen "
    "skeppet smedjan spegeln spåret språnget stegen torget trampolinen trappan trösklarna tråden valet verket vågen "
    "väven växeln åkern"
).split()
TITLE_ADJECTIVES = (
    "Digitala Egna Fasta Fler Friska Gemensamma Gröna Hållbara Högre Jämställda Klara Kloka Lokala Modiga Nya Oväntade "
    "Raka Röda Smarta Snabba Starka Säkra Trygga Unga Utökade Vakna Varma Vidgade Äkta Öppna"
).split()
TITLE_NOUNS = (
    "avtal broar byar dörrar familjer händer ingångar jobb klassrum krafter kunskaper led lyft maskiner mentorer möten "
    "mål nätverk platser röster skiften skogar spår språk steg ställen verkstäder vägar växlar yrken"
).split()
TITLE_WAYS = (
    "Broar till", "Dörren till", "En väg till", "Först till", "Genvägen till", "Hela vägen till", "Inspirerad av",
    "Med sikte på", "Mod att välja", "Nycklar till", "Nyfiken på", "Omväxling i", "På väg mot", "Resan mot", "Redo för",
    "Rustad för", "Samling kring", "Spåret mot", "Vägvisare till", "Ögonen på",
)  # fmt: skip
TITLE_AIMS = (
    "arbete", "bygget", "eget företag", "egen lön", "framtiden", "gemenskap", "gymnasiet", "hantverket", "havet",
    "industrin", "ett längre arbetsliv", "ett nytt språk", "jordbruket", "klimatet", "köket", "lagret", "ledarskap",
    "meningsfulla dagar", "nästa yrke", "scenen", "skogen", "skolan", "transporten", "trygga anställningar",
    "turismen", "vardagen", "verkstaden", "vården", "återbruket", "äldreomsorgen",
)  # fmt: skip
TITLE_TAGS = (
    "arbete för alla", "från kust till kaj", "första jobbet", "hälsa på jobbet", "industri i rörelse",
    "kvinnor i teknik",
    "lära hela livet", "mot nya mål", "nyanlända i fokus", "ny teknik", "på lika villkor", "rätt från början",
    "steg för steg", "svenska på jobbet", "unga vuxna", "vård på distans",
)  # fmt: skip
TITLE_FOLLOWERS = ("II", "III", "2", "2.0", "Plus", "Nord", "Syd", "Väst", "Öst", "fas 2", "fortsättningen")

# What the narrative tells of. No brand resembles a title.
BRAND_STARTS = (
    "Björn Bofink Dovhjort Ekorr Falk Gädd Havsörn Igelkott Järv Katt Kråk Lax Lo Lodjur Mård Mås Näbb Orr "
    "Rapphöns Ren Ripa Räv Skat Sobel Svan Tjäder Tran Uggle Utter Vattenhare Vessle Vildgås Ål Älg Ärt Öring"
).split()
BRAND_ENDS = (
    "ankaret bägaren boken dragkärran filten flaggan flöjten hatten kannan kartan kepsen klockan koftan korgen kvasten "
    "kvisten lådan masken mattan mössan nystanet pallen pennan penseln pipan repet saxen skeden spaden spelet stolen "
    "tavlan tofflan tratten trumman tröjan vagnen vantarna visslan äggkoppen"
).split()
EMPLOYED = (
    "anställda i småföretag", "lastbilsförare", "undersköterskor", "barnskötare", "svetsare och montörer",
    "lärare i grundskolan", "kockar och serveringspersonal", "skogsmaskinförare", "butiksanställda",
    "personliga assistenter", "arbetsledare i byggbranschen", "varslade industriarbetare", "kommunala handläggare",
    "lantbrukare", "frilansande musiker", "processoperatörer", "hotellstädare", "vikarier i förskolan",
    "tandsköterskor", "chefer i äldreomsorgen", "lokförare", "fiskare med egen båt", "tolkar", "receptionister",
)  # fmt: skip
SEEKING = (
    "unga utan gymnasieexamen", "nyanlända kvinnor", "långtidssjukskrivna", "personer med adhd",
    "ensamstående föräldrar", "män som lämnar fängelset", "utrikes födda akademiker", "långtidsarbetslösa över 55 år",
    "unga vuxna med psykisk ohälsa", "personer med försörjningsstöd", "ungdomar i glesbygd", "döva arbetssökande",
    "personer med synnedsättning", "romska kvinnor", "hemlösa män", "unga mammor", "tidigare idrottare",
    "elever som hoppat av skolan", "kvinnor med utmattning", "personer som aldrig haft ett arbete", "unga med autism",
    "nyanlända lantbrukare", "veteraner från utlandstjänst", "personer med spelberoende",
)  # fmt: skip
METHODS = (
    "parvis praktik", "språkträning vid ritbordet", "körning i simulator", "odling i växthus",
    "samtalsgrupper till sjöss",
    "lektioner i storkök", "reparation av cyklar", "digitala kvällslektioner", "rollspel med skådespelare",
    "promenader med coach", "yrkesprov i verkstad", "träslöjd blandad med matematik", "ridning och hästskötsel",
    "radiosändningar", "teater på lätt svenska", "skogsvård i arbetslag", "byte av arbetsplats en dag i veckan",
    "lönearbete på deltid", "högläsning i matsalen", "bakning före gryningen", "brädspel om ekonomi",
    "handledning på modersmålet", "filmade anställningsintervjuer", "validering av yrkeskunskaper",
    "hantverk tillsammans med pensionärer", "motionspass och kostråd", "arbetsträning på museum",
    "programmering av robotar", "kollegiala samtal", "kurser i lastsäkring", "drönarflygning över åkrar",
    "språkkafé med fotografier", "körkortsteori i grupp", "beskärning av gamla fruktträd", "dagböcker på arbetstid",
    "mentorsmöten var fjortonde dag", "inventering av kunskaper", "matlagning över öppen eld", "körsång på arbetstid",
    "studieresor med buss",
)  # fmt: skip
BRANCHES = (
    "besöksnäringen", "byggbranschen", "bilverkstäderna", "fiskodlingen", "handeln", "hemtjänsten", "kollektivtrafiken",
    "livsmedelsindustrin", "metallindustrin", "möbeltillverkningen", "pappersindustrin", "renskötseln",
    "restaurangerna",
    "skogsbruket", "spelutvecklingen", "trädgårdsnäringen", "tvätterierna", "vindkraften", "åkerinäringen",
    "återvinningen",
)  # fmt: skip
VENUES = (
    "ett nedlagt mejeri", "en ombyggd lada", "det gamla brandstallet", "en buss med skrivbord", "en pråm vid kajen",
    "ett tomt varuhus", "den stängda järnvägsstationen", "ett kasernområde", "en förskola som lagts ned",
    "ett kontorshotell", "källaren under biblioteket", "en före detta bensinstation", "ett bönehus", "en ladugård",
    "en industrilokal utan fönster", "ett hus på hjul", "kommunens simhall", "ett omgjort bankvalv",
)  # fmt: skip
ABROAD = (
    "Tammerfors i Finland", "Gdańsk i Polen", "Tartu i Estland", "Bremen i Tyskland", "Turin i Italien",
    "Bergen i Norge", "Porto i Portugal", "Aarhus i Danmark", "Gent i Belgien", "Malaga i Spanien",
    "Klaipėda i Litauen", "Cork på Irland", "Graz i Österrike", "Utrecht i Nederländerna",
)  # fmt: skip
