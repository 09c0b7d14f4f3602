"""The rows of facts: labelled on a sheet, listed at its end, or worked out from others."""

from esfbot.fields.row import Kind, row

FACTS = (
    row(
        "title", Kind.NAME, "Titel", "Title",
        labels="Namn, Projektnamn, Projekttitel, Project name, Name",
        words="namn på projektet, projektnamn, heter projektet, project name",
        shown=False,
    ),
    row(
        "number", Kind.NAME, "Diarienummer", "Project number",
        labels="Diarienummer, Projektnummer, Dnr, Project number, Registration number",
        words="""
        projekt nummer, projektnr, dnr, diarienr, diarie nummer, diarienumret, projektnumret, projekt id,
        ärendenummer, reference number, project id, case number
        """,
    ),
    row(
        "call", Kind.TEXT, "Utlysning", "Call for proposals",
        labels="Utlysning, Call for proposals",
        words="utlysningsnummer, vilken utlysning, call for proposals, which call, what call",
        groups=True,
    ),
    row(
        "programme", Kind.PROGRAMME, "Programområde", "Programme area",
        labels="Programområde, Programme area, Priority axis, Programme",
        words="program område, programområdet, insatsområde, program, priority axis, program area",
        groups=True,
    ),
    row(
        "objective", Kind.TEXT, "Specifikt mål", "Specific objective",
        labels="Specifikt mål, Specific objective",
        groups=True,
    ),
    row(
        "phase", Kind.TEXT, "Projektfas", "Project phase",
        labels="Projektfas, Project phase, Phase",
        words="fas, projekt fas, stadium, skede",
        groups=True,
    ),
    row(
        "owner", Kind.NAME, "Projektägare", "Project owner",
        labels="Projektägare, Project owner, Beneficiary, Stödmottagare",
        words="""
        projekt ägare, ägare, äger, ägs av, ägde, ägs, driver, drev, drivs av, huvudman, organisation bakom, ligger
        bakom, står bakom, låg bakom, stod bakom, genomförs av, sökande, ansvarig organisation, projektanordnare,
        vem har projektet, drivs, bakom, owner, owns, owned by, runs, run by, behind, organisation behind,
        organizer, responsible organisation, beneficiary
        """,
        groups=True,
    ),
    row(
        "owner_number", Kind.TEXT, "Organisationsnummer", "Organisation number",
        labels="Projektägare organisationsnummer, Organisationsnummer, Organisation number",
        words="""
        org nr, orgnr, org nummer, orgnummer, organisationsnr, organisation nummer, organization number, company
        number, corporate identity number
        """,
    ),
    row(
        "contact", Kind.NAME, "Kontaktperson", "Contact person",
        labels="Kontaktperson, Kontaktpersoner, Contact person, Contact",
        words="""
        kontakt, kontakter, kontakta, kontaktar, kontakt person, kontakten, kontaktinfo, kontaktuppgift,
        kontaktuppgifter, kontaktpersonen, ansvarig, ansvariga, ansvarar, projektledare, vem är ansvarig, prata
        med, pratar med, tala med, höra av mig till, hör av mig till, hör jag av mig till, vänder jag mig, vända
        mig, vända sig, når jag, nå, få tag i, får tag i, få tag på, får tag på, når man, håller i, svarar för,
        svara på frågor, svarar på frågor, svarar där, uppgifter till, får jag tag på, får jag tag i, contact,
        contacts, contact details, contact info, reach, get in touch, in charge, talk to, speak to, speak with,
        responsible, project leader, project manager
        """,
        groups=True,
    ),
    row(
        "email", Kind.EMAIL, "E-post", "E-mail",
        labels="E-post, E-postadress, E-mail, Email, Epost",
        words="""
        mejl, mail, mejladr, mailadr, mejla, maila, mejladress, mailadress, epost, epostadress, e post adress,
        mejl adress, mail
        adress, e mail, e mejl, email, email address, skriva till, skriver jag
        """,
    ),
    row(
        "phone", Kind.PHONE, "Telefon", "Telephone",
        labels="Telefonnummer, Telefon, Tel, Mobil, Mobiltelefon, Phone, Telephone, Phone number, Telephone number",
        words="""
        telefon nummer, tele, tlf, tel, tfn, telnr, tel nr, telefonnr, telefon nr, ringa, ringer, ring, mobilnummer,
        mobil, mobilnr, mobil nummer, numret till, nummer till, nr till, telefonnumret, telefonnumren, telnummer,
        lur, telephone, phone, phone number, call, number to, number for, ringa till, slå en signal
        """,
    ),
    row("withheld", Kind.TEXT, "Kontakt undanhållen", "Contact withheld", shown=False, asked=False),
    row(
        "esf_support", Kind.AMOUNT, "ESF-stöd", "ESF support",
        labels="Beviljat ESF-stöd, Beviljat stöd, ESF-stöd, Granted ESF support, ESF support, EU-stöd",
        words="""
        esf stöd, stöd, snittstöd, medelstöd, beviljat stöd, beviljat, beviljats, beviljades, beviljat belopp, bidrag,
        esf bidrag, esf pengar, eu pengar, eu stöd, eu bidrag, socialfonden, pengar från socialfonden, pengar från esf,
        stöd från socialfonden, stöd från esf, finansiering, fick i stöd, anslag, pengar,
        esf support, esf funding, funding, esf grant, grant, granted,
        support, eu funding, eu money, awarded, receive, received, money from esf, esf money
        """,
    ),
    row(
        "total_budget", Kind.AMOUNT, "Total budget", "Total budget",
        labels="Total projektbudget, Total budget, Projektbudget, Total project budget",
        words="""
        budget, totalbudget, snittbudget, medelbudget, genomsnittsbudget,
        total kostnad, totalkostnad, kostnad, kostade, kostar, kosta, dyrt, dyr, dyrast,
        totala budgeten, hela budgeten, total summa, kostnaden, omsätter, omslutning, projektets budget, prislapp,
        cost, costs, total cost, how expensive, expensive, price, overall budget
        """,
    ),
    row(
        "cofunding_rate", Kind.PERCENT, "EU:s medfinansieringsgrad", "EU co-financing rate",
        labels="Unionens medfinansieringsgrad, Medfinansieringsgrad, Co-funding rate, Union co-financing rate",
        words="""
        medfinansieringsgrad, medfinansieringsgraden, medfinansierings grad, eu andel, unionens medfinansiering,
        unionens andel, cofinancing rate, co financing rate, cofunding rate, co funding rate, co finance rate
        """,
    ),
    row(
        "period", Kind.COMPOSITE, "Period", "Period",
        labels="Projektperiod, Projekttid, Period, Project period",
        words="""
        projekt period, perioden, projekttid, projekttiden, tidsperiod, hur länge, löptid, igång, pågick, pågår, pågått,
        när var, när är, varade, varar, datum, vilka år, vilket år, höll på, håller på, hölls, tidsram, when was,
        when did it run, how long, dates, time frame, timeframe, took place, lasted, did it last, does it last,
        verksamma, aktiva, active, under way
        """,
        parts="start, end",
    ),
    row(
        "start", Kind.DATE, "Start", "Start",
        labels="Startdatum, Start date",
        words="""
        startade, startar, starta, started, start, starts, launched, började, börjar, start datum, drog igång,
        drar igång, kom igång, inleddes, inleds, påbörjades, startdag, begin, begins, began, starting date, kick off
        """,
        groups=True,
    ),
    row(
        "end", Kind.DATE, "Slut", "End",
        labels="Slutdatum, End date",
        words="""
        slutade, slutar, sluta, avslutades, avslutas, avslutat, slut datum, tog slut, tar slut, är slut, slut,
        upphörde, upphör, håller på till, höll på till, pågår till, pågick till, sista dag, blev klart, klart,
        färdigt, end, ends, ended, finish, finished, finishes, ending, over, completed
        """,
    ),
    row(
        "region", Kind.PLACE, "Region", "Region",
        labels="Region, ESF-region, Area",
        words="esf region, regionen, vilken region, vilken del av landet, landsdel, part of the country",
        groups=True,
    ),
    row(
        "municipality", Kind.PLACE, "Kommuner", "Municipalities",
        labels="Kommun, Kommuner, Municipality, Municipalities",
        words="""
        kommunerna, kommun, kommuner, vilka kommuner, orter, ort, var någonstans, var bedrivs, var ligger, vart
        ligger, var pågick, var är, var finns, plats, geografiskt, var håller, municipality, municipalities, where
        is, where was, where does, where did, location, located
        """,
        many=True, told=True, groups=True, one="kommun, municipality",
    ),
    row(
        "planned_participants", Kind.COUNT, "Planerat antal deltagare", "Planned participants",
        labels="""
        Planerat antal deltagare, Antal deltagare, Planned participants, Number of participants, Planned number of
        participants
        """,
        words="""
        antal deltagare, hur många deltagare, hur många ska delta, hur många deltar, hur många planeras delta,
        planerade deltagare, deltagarantal, deltagare planeras, how many participants, participants planned, number
        of participants, planned participants
        """,
        told=True,
    ),
    row(
        "co_funder", Kind.NAME, "Medfinansiärer", "Co-funders",
        labels="Medfinansiärer, Medfinansiär, Co-funders, Co-financiers, Co-financing",
        words="""
        medfinansiär, medfinansierar, medfinansierade, medfinansierat, medfinansieras, medfinansiering, finansiär,
        finansiärer, finansierar, finansierade, co funder, cofunder, cofunders, cofinancier, cofinanciers, co
        financier, co finances, cofinance, co finance, co funds, financier, co financed by
        """,
        many=True, told=True, groups=True, one="medfinansiär, co-funder",
    ),
    row(
        "partner", Kind.NAME, "Samarbetspartners", "Partners",
        labels="Samarbetspartners, Samarbetspartner, Partners, Cooperation partners",
        words="""
        samarbetspartner, samarbetar, samarbetade, samarbetar med, samarbete med, samarbetsparter, partner,
        partners, samverkanspartner, samverkar med, cooperates with, works with, cooperate, collaborate,
        collaborates, partnered
        """,
        many=True, told=True, groups=True, one="samarbetspartner, partner",
    ),
    row(
        "participant", Kind.NAME, "Deltagande aktörer", "Participating organisations",
        labels="""
        Deltagande aktörer, Deltagande organisationer, Participating actors, Participating organisations,
        Participants
        """,
        words="""
        aktör, aktörer, deltagande aktör, deltar, deltog, med i, medverkar, medverkade, är med, var med, deltagande
        arbetsplatser, deltagande företag, participating organisation, participating organization, participates,
        take part, takes part, took part, actors, organisations involved, involved organisations, participating
        companies
        """,
        many=True, told=True, groups=True, one="deltagande aktör, participating organisation",
    ),
    row(
        "country", Kind.TEXT, "Land", "Country",
        labels="Land som berörs, Land, Country, Country concerned",
        words="vilket land, länder som berörs, which country",
        told=True,
        groups=True,
    ),
    row(
        "fund", Kind.TEXT, "Fond", "Fund",
        labels="Berörd fond, Fond, Fund",
        words="vilken fond, fonden, which fund",
        groups=True,
    ),
    row(
        "cci", Kind.TEXT, "Program CCI", "Programme CCI",
        labels="Program CCI, CCI",
        words="cci, cci nummer, cci kod",
    ),
    row(
        "nuts2", Kind.TEXT, "NUTS-2-kod", "NUTS-2 code",
        labels="NUTS-2 kod, NUTS-2, NUTS 2 code",
        words="nuts, nuts 2, nuts2, nuts kod, nuts code",
        groups=True,
    ),
    row(
        "intervention", Kind.TEXT, "Interventionstyp", "Type of intervention",
        labels="Interventionstyp, Type of intervention",
        words="intervention, interventions typ, insatstyp, intervention type",
        groups=True,
    ),
    row(
        "postal_code", Kind.TEXT, "Postnummer", "Postal code",
        labels="Stödmottagare postnr, Postnummer, Postal code",
        words="postnr, post nummer, zip code, postcode",
    ),
    row(
        "postal_town", Kind.TEXT, "Postort", "Postal town",
        labels="Stödmottagare ort, Postort, Postal town",
        words="post ort, stödmottagarens ort, var sitter, vilken ort, which town",
    ),
    row(
        "address", Kind.TEXT, "Adress", "Address",
        labels="Stödmottagarens address, Stödmottagarens adress, Adress, Address",
        words="gatuadress, besöksadress, postadress, street address, adress, address",
    ),
    row(
        "child_poverty", Kind.TEXT, "Motverka barnfattigdom", "Secondary theme of countering child poverty",
        labels="Sekundärtema - Motverka barnfattigdom",
        words="sekundärtema, barnfattigdom, motverka barnfattigdom, secondary theme, child poverty",
    ),
    row(
        "strategic", Kind.TEXT, "Insats av strategisk betydelse", "Operation of strategic importance",
        labels="Insats av strategisk betydelse",
        words="strategisk betydelse, strategiskt viktig, strategisk insats, strategic importance",
    ),
    row(
        "website", Kind.TEXT, "Webbplats", "Website",
        labels="Webbplats, Hemsida, Webbadress, Website",
        words="hemsida, webbsida, webbplats, webb, webbadress, länk, url, web page, homepage, site",
    ),
    row(
        "updated", Kind.DATE, "Sidan uppdaterad", "Page updated",
        labels="""
        Senast uppdaterad, Sidan uppdaterad, Sidan senast uppdaterad, Senast granskad, Sidan granskad, Publicerad,
        Publicerades, Last updated, Published
        """,
        words="senast uppdaterad, last updated",
        shown=False,
    ),
)  # fmt: skip

COMPUTED = (
    row(
        "county", Kind.PLACE, "Län", "County",
        words="länet, vilket län, vilka län, county, counties",
        parts="municipality",
        shown=False, groups=True,
    ),
    row(
        "duration", Kind.COMPUTED, "Längd", "Duration",
        words="""
        varaktighet, snittlängd,
        hur många månader, hur många år, hur många dagar, hur lång tid, duration, length, how many months, how
        many years, how many days
        """,
        parts="start, end",
        shown=False,
    ),
    row(
        "esf_share", Kind.COMPUTED, "ESF-stödets andel av budgeten", "ESF share of the budget",
        words="""
        hur stor del, hur stor andel, andel, andelen, procent av budgeten, procent esf, esf andel, hur många
        procent, hur stor procent, andel esf, share, proportion, percentage, what part, how much of the budget,
        fraction, percent
        """,
        parts="esf_support, total_budget",
        shown=False, told=True,
    ),
)  # fmt: skip
