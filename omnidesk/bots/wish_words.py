r"""The words by which customers ask for a person, language by language.

Each entry is a list of words or short patterns, separated by bars. A pattern may
end in `\w*` where a language bends its words; nothing here repeats a repetition.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WishWords:
    """What to look for in one language."""

    # People nobody means by accident: "operator", "a real person".
    certain: str
    # People who may be anyone: "someone", "the team". They need a `talk`.
    anyone: str
    # To speak with, to be put through to.
    talk: str
    # To want, to need, "give me". Only counts beside a `certain` one.
    ask: str
    # The bot, and words that refuse it.
    machine: str
    refuse: str
    # Between the two words, these say that something else is meant.
    unless: str = ""
    # Phrases that contain such words and mean something else.
    never: str = ""
    # Phrases that are a wish by themselves.
    plain: str = ""
    # The verb comes before the person, never after: "speak to someone".
    verb_first: bool = False


WISH_WORDS: dict[str, WishWords] = {
    "en": WishWords(
        certain=r"humans?|human beings?|human agents?|human support|operators?|representatives?|"
        r"(?:real|live|actual|proper|physical|living|normal) (?:\w+ )?(?:persons?|people|agents?|humans?|employees?|support|chat|someone)|"
        r"(?:customer (?:service|care|support)|support|service|call cent(?:er|re)|help ?desk) (?:agents?|reps?|representatives?|persons?|employees?|executives?|staff)|"
        r"live chat|(?:someone|somebody) real|(?:someone|somebody)(?: else)? on the (?:line|phone)|(?:human )?hand ?off|csr",
        anyone=r"persons?|people|someone|somebody|some one|anyone|anybody|agents?|assistants?|managers?|supervisors?|"
        r"advis[eo]rs?|consultants?|reps?|employees?|staff|team|workers?|specialists?|experts?|executives?|"
        r"customer (?:service|care|support)|support|help ?desk|reception|receptionist|front desk|founders?|boss|colleagues?",
        talk=r"talk|talking|talkin|tlk|speak|speaking|spek|chat|chatting|discuss this|converse|contact|contacting|reach|"
        r"get (?:a )?hold of|get in touch with|in touch|get through to|call me|"
        r"(?:connect|transfer|forward|pass|put|switch|redirect|direct|route|patch|refer|escalate|hand|get|send|bring|link) "
        r"(?:me|us)(?: \w+)?(?: to| with| through| over| on)?|"
        r"(?:connect|transfer|forward|pass|switch|redirect|route|escalate|hand) "
        r"(?:this|it|(?:a|the|this|my) (?:conversation|chat|call|case))(?: \w+)?(?: to| over| on)?|"
        r"(?:give me|gimme|get me)(?= (?:an?|some|the|your|one of your) (?:person|agent|manager|supervisor)| (?:someone|somebody))|"
        r"(?:connect|transfer|escalate|hand over|handover|switch|speak|talk)(?:ing)? (?:to|with)|let me (?:talk|speak|chat)",
        ask=r"want|wanna|need|give me|gimme|get me|get|can i have|could i have|may i have|i'd like|would like|prefer|"
        r"let me have|rather|demand|request|is there an?|are there|where is the|help from|assistance from|answered by|please",
        machine=r"bots?|chat ?bots?|robots?|machines?|virtual (?:agents?|assistants?)|automated \w+|computers?|ai|"
        r"you",
        refuse=r"(?:don't|dont|do not|never|no longer|not) (?:want to|wanna|like to|like) (?:talk|speak|chat)(?:ing)? (?:to|with) (?:an?|the|this)?|"
        r"(?:stop|hate|tired of|sick of|done|fed up) (?:talking|speaking|chatting) (?:to|with)|"
        r"wast(?:e|ing) (?:my )?time with an?|(?:not|don't|dont|never) (?:feel )?comfortable .{0,40}with an?|no more|instead of an?|rather than an?|not an?",
        unless=r"about|regarding|for|how|what|which|that|when|because|money|payment|funds|and|list|of course",
        never=r"travel agents?|insurance agents?|estate agents?|gate agents?|(?:become|be|hire|hiring) an? (?:\w+ )?(?:agent|representative|operator)s?|"
        r"(?:tour|mobile|network|phone|crane|machine|boolean|comparison|logical) operators?|operators? (?:fee|error|overload\w*|precedence)|"
        r"human (?:resources?|rights?|error|body|hair|readable|language)|humans? (?:error|resources)|"
        r"(?:don't|dont|do not|no) need (?:to (?:talk|speak) (?:to|with) )?(?:an? |the |any )?(?:human|agent|person|operator|representative)s?|"
        r"without (?:talking|speaking|having to (?:talk|speak|call))|"
        r"(?:agent|assistant|representative|operator|customer (?:care|service|support)) (?:fee|number|id|job|salary|code|hours|address|e-?mail|automation|software|system|bot)s?|"
        r"(?:are|r) (?:you|u) (?:an? )?(?:real |actual )?(?:human|person|bot)|is this an? (?:real |actual )?(?:human|person)|"
        r"am i (?:talking|speaking|chatting) (?:to|with) (?:an? )?(?:real |actual |live )?(?:human|person|bot|robot|machine|agent)|(?:two|three|four|five|few|little|\\d+) humans|(?:close|possible|direct|physical|recent|been in) contact with|"
        r"should i (?:contact|call|talk|speak)|"
        r"do i (?:need|have) to (?:contact|call|talk|speak)|money to|how many (?:people|persons|agents)",
        plain=r"(?:can|could|may|have|let) (?:someone|somebody|a person|an agent)(?: \w+){0,4} (?:call|contact|phone|ring|talk to|speak to|speak with) me|"
        r"(?:anyone|anybody|someone|somebody) (?:there |here )?(?:that |who |whom )?i can (?:talk|speak|chat)|"
        r"(?:deal|dealing) with an? (?:real )?(?:person|human)|(?:person|human|someone) (?:take|takes|to take) over|someone from customer (?:care|service|support)",
        verb_first=True,
    ),
    "es": WishWords(
        certain=r"humanos?|humanas?|ser humano|agente|operador(?:a)?|representante|asesor(?:a)?|ejecutiv[oa]|supervisor(?:a)?|"
        r"encargad[oa]|gerente|persona (?:real|de verdad|humana|f[ií]sica)|atenci[oó]n al cliente|servicio al cliente|soporte humano",
        anyone=r"personas?|alguien|empleado|responsable|equipo|soporte",
        talk=r"hablar|hable|hablo|habl[aá]ndo|conversar|conect\w*|con[eé]ctame|con[eé]cteme|comunicar\w*|comun[ií]c\w+|p[aá]s[ae]me|pasarme|pasar|p[oó]n\w*me con|"
        r"transf\w+|deriv\w+|contactar\w*|chatear|atienda|llame",
        ask=r"quiero|quisiera|necesito|dame|deme|d[eé]me|prefiero|me gustar[ií]a|hay alg[uú]n|hay alguna|por favor|exijo",
        machine=r"bots?|robots?|m[aá]quinas?|chatbots?|contestador",
        refuse=r"no quiero (?:hablar|seguir hablando|chatear)|basta de|harto de|prefiero no hablar|deja de|en vez de|en lugar de",
        unless=r"sobre|para|acerca|dinero|que",
        never=r"agentes? (?:inmobiliari[oa]|de (?:viajes?|seguros?|aduanas?))|por persona|recursos humanos|operador(?:a)? (?:m[oó]vil|de telefon[ií]a|tur[ií]stic[oa])",
    ),
    "pt": WishWords(
        certain=r"humanos?|humanas?|agente|operador(?:a)?|atendente|representante|supervisor(?:a)?|gerente|pessoa (?:real|de verdade|humana)|"
        r"atendimento humano|suporte humano|assistente humano|sac|consultor(?:a)?",
        anyone=r"pessoas?|algu[eé]m|funcion[aá]ri[oa]|respons[aá]vel|equipe|equipa|suporte",
        talk=r"falar|fale|falo|conversar|conect\w+|transf\w+|passar|passe|me passa|me passe|contatar|contactar|chamar|chame|atendido por",
        ask=r"quero|queria|gostaria|preciso|me d[eê]|prefiro|tem algum|tem alguma|por favor|exijo",
        machine=r"bots?|rob[oôó]s?|m[aá]quinas?|chatbots?",
        refuse=r"n[aã]o quero (?:falar|conversar)|chega de|cansad[oa] de|em vez de|pare de",
        unless=r"sobre|dinheiro|que",
        never=r"agentes? (?:imobili[aá]ri[oa]|de (?:viagens?|seguros?))|por pessoa|recursos humanos|operador(?:a)? (?:m[oó]vel|tur[ií]stic[oa])",
    ),
    "fr": WishWords(
        certain=r"humains?|humaine|[eê]tre humain|vraie? personne|personne r[eé]elle|vrai conseiller|op[eé]rateur|op[eé]ratrice|conseill(?:er|[eè]re)|"
        r"service client|service clients|repr[eé]sentante?|agent|superviseur|quelqu'un de r[eé]el",
        anyone=r"quelqu'un|une personne|responsable|employ[eé]|[eé]quipe|support",
        talk=r"parler|parle|discuter|joindre|contacter|transf[eé]r\w+|passe[rz]?(?:-moi)?|connect\w+|en relation|en contact|chatter|[eé]changer",
        ask=r"veux|voudrais|souhaite|besoin|donnez(?:-moi)?|pr[eé]f[eè]re|y a-t-il|s'il vous pla[iî]t|svp|exige",
        machine=r"robots?|bots?|machines?|chatbots?|ordinateur",
        refuse=r"(?:veux|voudrais|souhaite) (?:pas|plus) (?:parler|discuter)|marre (?:de|des|du)|assez (?:de|des|du)|arr[eê]te[rz]? avec|plut[oô]t qu\w*|au lieu d\w*",
        unless=r"pour|propos|argent|de la|du",
        never=r"agents? (?:immobiliers?|de voyages?|d'assurances?)|par personne|ressources humaines|op[eé]rateurs? (?:mobile|t[eé]l[eé]phonique)",
    ),
    "de": WishWords(
        certain=r"menschen?|mensch|echte[rnms]? (?:person|menschen?|mitarbeiter\w*|ansprechpartner\w*)|mitarbeiter(?:in|s|n)?|kundenberater(?:in)?|berater(?:in)?|"
        r"kundendienst|kundenservice|sachbearbeiter(?:in)?|vorgesetzten?|support-?mitarbeiter(?:in)?|ansprechpartner(?:in)?|servicemitarbeiter(?:in)?|operator|agenten",
        anyone=r"jemand(?:en|em)?|person|team|agent|support|irgendwem|irgendjemand(?:en|em)?",
        talk=r"sprechen|spreche|rede|reden|verbinden?|verbunden|weiterleiten|leiten|weitergeleitet|durchstellen|kontaktieren|chatten|chat|telefonieren|erreichen|unterhalten|[uü]bergeben",
        ask=r"m[oö]chte|will|brauche|ben[oö]tige|geben sie mir|gib mir|gibt es|bitte|lieber|verlange|w[uü]nsche",
        machine=r"bots?|chatbots?|roboter|maschinen?|computer|automaten?",
        refuse=r"(?:nicht|nicht mehr|ungern|nicht l[aä]nger) mit|keine lust|schluss mit|statt|genug von",
        unless=r"[uü]ber|f[uü]r|wegen|dass|geld",
        never=r"pro person|versicherungsagent\w*|immobilien\w*|menschenrechte|jeder mensch|mitarbeiter (?:hat|haben|war|werden)|stellenangebot\w*",
    ),
    "it": WishWords(
        certain=r"uman[oai]|essere umano|persona (?:reale|vera|in carne e ossa)|operatore|operatrice|consulente|rappresentante|addetto|agente|"
        r"assistenza clienti|servizio clienti|responsabile|supervisore",
        anyone=r"qualcuno|una persona|team|assistenza|dipendente",
        talk=r"parlare|parlo|parlarne|contattare|trasferi\w+|passar\w+|passatemi|passami|mi passi|mi passa|collega\w*|in contatto|chattare|connett\w+",
        ask=r"voglio|vorrei|ho bisogno|mi serve|dammi|datemi|mi dia|preferisco|c'[eè] un|per favore|pretendo",
        machine=r"bot|robot|macchin[ae]|chatbot|risponditore",
        refuse=r"non voglio (?:parlare|chattare)|basta con|stufo di|stufa di|invece d\w+|smettila",
        unless=r"per|su|sul|riguardo|soldi|che",
        never=r"agente (?:immobiliare|di viaggio|assicurativo)|a persona|risorse umane|operatore (?:mobile|telefonico|turistico)",
    ),
    "nl": WishWords(
        certain=r"mens|mensen|echt (?:persoon|iemand|mens)|echte (?:persoon|mens|medewerker)|medewerker|adviseur|operator|vertegenwoordiger|klantenservice|leidinggevende",
        anyone=r"iemand|persoon|manager|collega|team|agent|support",
        talk=r"spreken|spreek|praten|verbind\w*|doorverbind\w*|doorverbonden|chatten|bellen met|contact met|overgezet|aan de lijn|te woord",
        ask=r"wil|graag|nodig|geef me|geef mij|mag ik|is er een|aub|a\.u\.b|alsjeblieft|alstublieft|liever|eis",
        machine=r"bot|robot|computer|machine|chatbot",
        refuse=r"niet (?:meer )?met|genoeg van|in plaats van|stop met|liever niet",
        unless=r"over|voor|geld|dat",
        never=r"per persoon|verzekeringsagent|reisagent|mensen? (?:hebben|heeft)|makelaar|rechten van de mens",
    ),
    "pl": WishWords(
        certain=r"cz[lł]owiek(?:iem|a|owi)?|konsultant(?:em|a|k[aąęi]|owi)?|operator(?:em|a|owi)?|przedstawiciel(?:em|a|owi)?|doradc[aąęy]|kierownik(?:iem|a|owi)?|"
        r"[zż]yw[aąeęymo]+ (?:osob[aąęy]|cz[lł]owiek\w*)|agent(?:em|a|owi)|obs[lł]ug[aąęi] klienta|biur\w+ obs[lł]ugi|prawdziw\w+ (?:osob\w+|cz[lł]owiek\w*)",
        anyone=r"kim[sś]|kogo[sś]|osob[aąęy]|pracownik(?:iem|a|owi)?|zesp[oó][lł]\w*",
        talk=r"rozmawia\w+|porozmawia\w+|po[lł][aą]cz\w*|prze[lł][aą]cz\w*|skontaktowa\w+|kontakt z|przekieruj\w*|pom[oó]wi[cć]",
        ask=r"chc[eę]|chcia[lł]\w+|potrzebuj[eę]|poprosz[eę]|prosz[eę]|dajcie|daj mi|wol[eę]|czy jest|[zż][aą]dam",
        machine=r"bot(?:em|a)?|robot(?:em|a)?|maszyn[aąeęy]|automat(?:em|u)?",
        refuse=r"nie chc[eę] (?:rozmawia\w+|pisa\w+)|dosy[cć]|dosc|mam dosc|zamiast",
        unless=r"o tym|dla|pieni[aą]\w*|[zż]e",
        never=r"agent ubezpieczeniow\w+|na osob[eę]|od osoby|za osob[eę]|prawa cz[lł]owieka",
    ),
    "ru": WishWords(
        certain=r"человек(?:ом|а|у)?|оператор(?:ом|а|у|ы)?|жив(?:ой|ого|ому|ым|ого) ?(?:человек\w*|оператор\w*|сотрудник\w*)|сотрудник(?:ом|а|у)?|"
        r"специалист(?:ом|а|у)?|менеджер(?:ом|а|у)?|консультант(?:ом|а|у)?|представител\w+|людьми|агент(?:ом|а)",
        anyone=r"кем-нибудь|кто-нибудь|кем-то|кому-нибудь|служб\w+ поддержки|поддержк\w+|техподдержк\w+|руковод\w+|начальник\w*",
        talk=r"поговорить|говорить|переговорить|соедин\w+|переключ\w+|перевед\w+|связаться|свяж\w+|позов\w+|позвать|пообщаться|общаться",
        ask=r"хочу|хотел\w* бы|нуж(?:ен|на|ны)|дайте|дай|можно|требую|пожалуйста|предпочитаю|есть ли",
        machine=r"бот(?:ом|а|у)?|робот(?:ом|а|у)?|машин(?:ой|а)|чат-?бот(?:ом|а)?|автоответчик\w*",
        refuse=r"не хочу (?:говорить|общаться|разговаривать|писать)?|хватит|надоел\w*|вместо|достал\w*",
        unless=r"насчёт|насчет|деньги|чтобы",
        never=r"на (?:\w+ )?человека?|с человека|другому человеку|страхов\w+ агент\w*|для человека|прав\w* человека|мобильн\w+ оператор\w*|оператор\w* связи|"
        r"(?:сколько|много|два|три|четыре|пять) человек\w*",
    ),
    "uk": WishWords(
        certain=r"людин(?:ою|у|а|і)|оператор(?:ом|а|у)?|жив(?:ою|у|а|ий|им) (?:людин\w+|оператор\w*)|працівник(?:ом|а)?|менеджер(?:ом|а)?|консультант(?:ом|а)?|"
        r"фахів(?:ець|цем|ця)|представник(?:ом|а)?|співробітник(?:ом|а)?|спеціаліст(?:ом|а)?",
        anyone=r"кимось|хтось|когось|підтримк\w+|керівник\w*",
        talk=r"поговорити|говорити|розмовляти|з'єдна\w+|переключ\w+|перемкн\w+|зв'яза\w+|зв'яжіть|поклич\w+|поспілкуватися|спілкуватися|перевед\w+",
        ask=r"хочу|хотів би|хотіла б|потріб(?:ен|на|ні)|дайте|можна|будь ласка|вимагаю",
        machine=r"бот(?:ом|а|у)?|робот(?:ом|а|у)?|машин(?:ою|а)|чат-?бот(?:ом|а)?",
        refuse=r"не хочу (?:говорити|спілкуватися|розмовляти|писати)?|досить|набрид\w*|замість",
        unless=r"гроші|щоб",
        never=r"на (?:\w+ )?людин\w+|з людини|іншій людині|страхов\w+ агент\w*|прав\w* людини|мобільн\w+ оператор\w*",
    ),
    "tr": WishWords(
        certain=r"insan(?:la|a|ı)?|ger[cç]ek (?:biri|bir (?:ki[sş]i|insan))\w*|temsilci\w*|m[uü][sş]teri (?:hizmetleri|temsilcisi)\w*|operat[oö]r\w*|yetkili\w*|g[oö]revli\w*|canl[ıi] destek\w*|dan[ıi][sş]man\w*",
        anyone=r"biri(?:yle|siyle|ne|sine)?|birisi\w*|ki[sş]i(?:yle|ye)|y[oö]netici\w*|destek ekibi\w*",
        talk=r"konu[sş]\w*|g[oö]r[uü][sş]\w*|ba[gğ]la\w*|aktar\w*|ula[sş]\w*|ileti[sş]im\w*|y[oö]nlendir\w*",
        ask=r"istiyorum|laz[ıi]m|ihtiyac[ıi]m|rica|l[uü]tfen|verin|var m[ıi]",
        machine=r"bot(?:la|lar)?|robot(?:la|lar)?|makine(?:yle)?|chatbot\w*",
        refuse=r"(?:konu[sş]mak|g[oö]r[uü][sş]mek|yaz[ıi][sş]mak) istemiyorum|yeter|b[ıi]kt[ıi]m|yerine",
        never=r"ki[sş]i ba[sş][ıi]|sigorta (?:acente|temsilci)\w*|insan kaynaklar[ıi]|insan haklar[ıi]|tur operat[oö]r\w*",
    ),
    "ar": WishWords(
        certain=r"انسان|بشري|شخص حقيقي|(?:ال)?موظف\w*|(?:ب|ل)?موظف\w*|(?:ال)?مندوب\w*|خدمه? ?العملاء|خدمة العملاء|مشغل|الدعم البشري|ممثل\w*|بالمدير|المدير|مدير|مسؤول|بشر",
        anyone=r"شخص|احد|حد|شخصا|فريق الدعم|الدعم",
        talk=r"اتحدث|التحدث|اتكلم|التكلم|تحويلي|تحويل|حولني|حولوني|حولوا\w*|تواصل|التواصل|اتواصل|وصلني|وصلوني|اكلم|مكالمه|الكلام|احكي",
        ask=r"اريد|احتاج|بدي|عايز|عاوز|ابغي|ابغى|ابي|اعطني|من فضلك|لو سمحت|ممكن",
        machine=r"روبوت|بوت|اله|آلة|البوت|الروبوت|برنامج",
        refuse=r"لا اريد (?:التحدث|الكلام|ان اتحدث)|كفايه|كفى|ما بدي|مش عايز|بدل",
        never=r"للشخص|لكل شخص|وكيل (?:عقارات|سفر|تامين)|حقوق الانسان|الموارد البشريه|الموارد البشرية",
    ),
    "he": WishWords(
        certain=r"בן אדם|בנאדם|נציגה?|ל?נציגה?|אנושית?|מענה אנושי|מפעיל|שירות לקוחות|לשירות לקוחות|מישהו אמיתי|מוקדנית?|מנהלת?|אדם אמיתי",
        anyone=r"מישהו|מישהי|אדם|צוות|תמיכה",
        talk=r"לדבר|לשוחח|מדבר|תעבירו?|להעביר|העבירו|תחברו?|חבר אותי|חברו אותי|לחבר|להתחבר|ליצור קשר|לתקשר",
        ask=r"רוצה|צריכה?|אפשר|תנו? לי|בבקשה|מבקשת?|יש",
        machine=r"בוט|הבוט|רובוט|מכונה|מחשב",
        refuse=r"לא רוצה (?:לדבר|לשוחח)|די עם|נמאס|במקום",
        never=r"לאדם|סוכן (?:נדלן|ביטוח|נסיעות)|משאבי אנוש|זכויות אדם",
    ),
    "hi": WishWords(
        certain=r"इंसान|एजेंट|प्रतिनिधि|ऑपरेटर|मैनेजर|अधिकारी|कस्टमर केयर|ग्राहक सेवा|असली (?:व्यक्ति|आदमी|इंसान)|insaan|insan|agent|operator|representative|asli (?:vyakti|aadmi|insaan|insan)",
        anyone=r"manager|executive|customer care|व्यक्ति|आदमी|किसी|कर्मचारी|kisi|aadmi|admi|vyakti",
        talk=r"बात|बातचीत|जोड़\w*|कनेक्ट|ट्रांसफर|संपर्क|baat|connect kar\w*|transfer kar\w*|jod\w*|sampark",
        ask=r"चाहिए|दीजिए|कृपया|दो|chahiye|chahie|dijiye|do|please",
        machine=r"बॉट|रोबोट|मशीन|bot|robot|machine",
        refuse=r"बात नहीं करनी|नहीं करनी|नहीं चाहिए|nahi karni|nahi chahiye",
        never=r"प्रति व्यक्ति|बीमा एजेंट|insurance agent|travel agent|मानव संसाधन",
    ),
    "id": WishWords(
        certain=r"manusia|orang (?:asli|sungguhan|beneran)|agen|operator|perwakilan|petugas|layanan pelanggan|admin|staf|manajer",
        anyone=r"seseorang|orang|tim|cs|customer service|staff",
        talk=r"bicara|berbicara|ngobrol|hubungkan|hubungi|terhubung|sambungkan|disambungkan|alihkan|dialihkan|chat dengan|chat sama",
        ask=r"mau|ingin|butuh|perlu|minta|tolong|mohon|ada",
        machine=r"bot|robot|mesin|chatbot",
        refuse=r"(?:tidak|nggak|gak|ga) (?:mau|ingin) (?:bicara|ngobrol|chat)|bosan|daripada",
        unless=r"uang|untuk|tentang",
        never=r"per orang|agen (?:properti|asuransi|perjalanan)|operator seluler|hak asasi manusia|password admin|biaya admin",
    ),
    "vi": WishWords(
        certain=r"người thật|con người|nhân viên|tổng đài viên|tư vấn viên|quản lý|hỗ trợ viên|chăm sóc khách hàng|điện thoại viên",
        anyone=r"ai đó|một người|người nào",
        talk=r"nói chuyện|trò chuyện|gặp|kết nối|chuyển cho|chuyển tôi|chuyển máy|liên hệ|liên lạc|nói với",
        ask=r"muốn|cần|cho tôi|làm ơn|vui lòng|yêu cầu",
        machine=r"bot|robot|máy|chatbot",
        refuse=r"không muốn (?:nói chuyện|chat|trò chuyện)|đừng|thay vì|chán",
        never=r"đại lý (?:bảo hiểm|bất động sản)|mỗi người|một người lớn|cho hai người",
    ),
    "th": WishWords(
        certain=r"คนจริง|มนุษย์|เจ้าหน้าที่|พนักงาน|แอดมิน|ตัวแทน|ผู้จัดการ|โอเปอเรเตอร์|ฝ่ายบริการลูกค้า",
        anyone=r"ใครสักคน|คน",
        talk=r"คุยกับ|คุย|พูดกับ|พูดคุย|ติดต่อ|โอนสาย|ต่อสาย|สนทนากับ|เรียก",
        ask=r"ขอ|อยาก|ต้องการ|อยากได้|ช่วย",
        machine=r"บอท|บอต|หุ่นยนต์|เครื่อง",
        refuse=r"ไม่อยากคุย|ไม่ต้องการคุย|พอแล้ว|เบื่อ",
        never=r"ต่อคน|คนละ|กี่คน|ตัวแทนประกัน|สิทธิมนุษยชน",
    ),
    "zh": WishWords(
        certain=r"人工客服|人工服务|人工服務|人工坐席|人工|真人客服|真人|活人|客服人员|客服人員|客服专员|客服專員|客服代表|人类客服|客服|专员|專員|经理|經理|工作人员|工作人員",
        anyone=r"有人|某人|个人|個人|人类|人類",
        talk=r"转接|轉接|转|轉|接通|接|联系|聯繫|聯絡|聊|说话|說話|讲话|講話|谈|談|找|叫|换|換|沟通|溝通",
        ask=r"要|想|需要|请|請|能不能|可以|给我|給我|求",
        machine=r"机器人|機器人|机器|機器",
        refuse=r"不要|不想|别再|別再|不跟|不和|烦|煩|滚|滾",
        unless=r"钱|錢",
        never=r"人工智能|人工费|人工費|每个人|每個人|另一个人|另一個人|个人信息|個人資料|个人账户|项目经理|保险经理|客服电话|客服電話|客服邮箱",
    ),
    "ja": WishWords(
        certain=r"人間|オペレーター|オペレータ|担当者|担当の方|係員|スタッフ|有人|責任者|生身の人|相談員|サポート担当",
        anyone=r"誰か|人と|人に",
        talk=r"話し|話せ|話を|話が|つない|つなげ|つなぎ|繋い|繋げ|代わっ|代わり|変わっ|呼ん|連絡を取り|連絡したい|連絡を|相談し|チャットに|対応",
        ask=r"お願い|希望|ほしい|欲しい|ください|したい|いますか",
        machine=r"ロボット|ボット|機械|チャットボット|自動応答|ai",
        refuse=r"嫌|いや|やめ|じゃなく|ではなく|話したくな",
        never=r"担当者から|スタッフから|担当者が|スタッフが|担当者に言われ|人件費|個人|保険の担当",
    ),
    "ko": WishWords(
        certain=r"상담원|상담사|상담직원|직원|담당자|매니저|관리자|실제 사람|진짜 사람|인간|사람이랑|사람과|사람하고|사람으로|고객센터|책임자",
        anyone=r"누군가|사람|아무나",
        talk=r"연결|바꿔|통화|얘기|이야기|말하|대화|채팅하|넘겨|전화",
        ask=r"원해|원합|싶|필요|주세요|부탁|불러|있나요|있어요",
        machine=r"봇|로봇|챗봇|기계|자동응답",
        refuse=r"싫|말고|그만|대신",
        never=r"직원이|직원 할인|한 사람당|사람당|다른 사람을|다른 사람에게|보험 설계",
    ),
    "sv": WishWords(
        certain=r"m[aä]nniska|m[aä]nniskor|riktig (?:person|m[aä]nniska)|medarbetare|handl[aä]ggare|kundtj[aä]nst|operat[oö]r|kundservice|r[aå]dgivare|kundr[aå]dgivare",
        anyone=r"n[aå]gon|person|chef|agent|team|support",
        talk=r"prata|tala|koppla|kopplas|kopplad|kontakta|chatta|ringa|i kontakt med|snacka",
        ask=r"vill|beh[oö]ver|f[aå]r jag|ge mig|tack|sn[aä]lla|finns det|kr[aä]ver|f[oö]redrar",
        machine=r"bot|bott|robot|maskin|dator|chatbot",
        refuse=r"(?:vill inte|orkar inte) (?:prata|chatta|tala)|sluta|ist[aä]llet f[oö]r|tr[oö]tt p[aå]",
        unless=r"om|f[oö]r|pengar|att",
        never=r"per person|f[oö]rs[aä]kringsagent|m[aä]nskliga r[aä]ttigheter|m[aä]klare",
    ),
    "cs": WishWords(
        certain=r"[cč]lov[eě]k(?:em|a|u)?|oper[aá]tor(?:em|ku|kou|a|u)?|z[aá]stupce(?:m)?|skute[cč]n\w+ (?:osob\w+|[cč]lov[eě]k\w*)|[zž]iv\w+ (?:osob\w+|[cč]lov[eě]k\w*)|z[aá]kaznick\w+ (?:podpor\w+|servis\w*|link\w+|slu[zž]b\w+)|vedouc[ií](?:m|ho)?",
        anyone=r"n[eě]k[yý]m|n[eě]koho|n[eě]kdo|pracovn[ií]k(?:em|a|u)?|agentem|podpor\w+|person[aá]l\w*",
        talk=r"mluvit|promluvit|hovo[rř]it|spojit|spojte|p[rř]epojit|p[rř]epojte|kontaktovat|popov[ií]dat",
        ask=r"chci|cht[eě]l\w* bych|pot[rř]ebuji|dejte|pros[ií]m|rad[eě]ji|je tu|vy[zž]aduji",
        machine=r"bot(?:em)?|robot(?:em)?|stroj(?:em)?|chatbot(?:em)?",
        refuse=r"nechci (?:mluvit|psát|komunikovat)?|dost|m[ií]sto",
        unless=r"pen[ií]ze|aby",
        never=r"na osobu|za osobu|poji[sš][tť]ovac[ií] agent\w*|lidsk\w+ pr[aá]v\w*|[cč]lov[eě]ku",
    ),
}
