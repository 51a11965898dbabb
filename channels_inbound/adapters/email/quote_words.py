"""The words by which mail programs of about twenty-five languages introduce old mail.

Facts collected from what the programs write: Outlook, Gmail, Apple Mail, Thunderbird,
Yahoo, Zoho and phones, each in its translations. All entries are lower case.
"""

# fmt: off
# Language -> verbs of "On Monday Ann wrote:". They end the line or stand before the name.
WROTE = {
    "english": ("wrote", "writes", "has written", "said"),
    "german": ("schrieb", "schrieben", "geschrieben", "schreibt", "meinte"),
    "french": ("a écrit", "a ecrit", "écrivait", "écrit", "à écrit"),
    "spanish": ("escribió", "escribio", "escribía", "ha escrito"),
    "italian": ("ha scritto", "scrive", "scriveva", "ha inviato"),
    "portuguese": ("escreveu", "escreve", "escrevia"),
    "catalan": ("va escriure", "ha escrit", "missatge de"),
    "dutch": ("schreef", "geschreven", "schrijft"),
    "swedish": ("skrev", "skriver", "har skrivit"),
    "norwegian and danish": ("skreiv", "har skrevet", "følgende"),
    "finnish": ("kirjoitti", "kirjoittaa"),
    "polish": ("napisał", "napisała", "napisał(a)", "napisał/a", "pisze", "napisano"),
    "czech": ("napsal", "napsala", "napsal(a)", "napsal/a", "píše"),
    "slovak": ("napísal", "napísala", "napísal(a)", "píše"),
    "hungarian": ("írta", "ezt írta", "a következőt írta", "írta (időpont"),
    "romanian": ("a scris", "scrie"),
    "russian": ("написал", "написала", "написал(а)", "писал", "писала", "писал(а)",
                "пишет", "пишете", "вы писали"),
    "ukrainian": ("написав", "написала", "написав(ла)", "пише", "писав"),
    "bulgarian": ("написа", "написал"),
    "serbian and croatian": ("je napisao", "je napisala", "je napisao/la", "napisao je",
                             "je napisao(la)", "piše", "је написао", "је написала"),
    "slovenian": ("je napisal", "je napisala", "je napisal/a", "napisal", "napisala"),
    "turkish": ("yazdı", "şunu yazdı", "şunları yazdı", "tarihinde yazdı"),
    "greek": ("έγραψε", "έγραψαν"),
    "lithuanian": ("rašė", "parašė"),
    "latvian": ("rakstīja",),
    "estonian": ("kirjutas",),
    "hebrew": ("כתב", "כתבה", "כתב/ה", "כתב\u200f/ה"),
    "arabic": ("كتب", "كتبت", "كتب/ت"),
    "persian": ("نوشت", "نوشته است"),
    "chinese": ("写道", "寫道", "写了", "写到", "撰寫", "编写"),
    "japanese": ("書きました", "のメール", "書いた", "より"),
    "korean": ("작성", "님이 작성", "님이 씀", "썼습니다"),
    "vietnamese": ("đã viết", "viết"),
    "thai": ("เขียนว่า", "ได้เขียน", "เขียน"),
    "indonesian": ("menulis",),
}

# How such lines begin, before the date.
STARTERS = (
    "on", "at", "v", "am", "vom", "um", "le", "el", "il giorno", "il", "in data", "em", "a",
    "op", "den", "d.", "på", "kl.", "dne", "dňa", "dnia", "w dniu", "dana", "dana:",
    "pe", "în data de", "la data de", "la", "în", "в", "во", "на", "у", "ngày", "vào",
    "vào lúc", "στις", "la", "на", "pada", "tanggal", "dia", "tarihinde", "ב", "ב-",
    "בתאריך", "في", "في يوم", "于", "在", "於", "เมื่อ", "ở", "date", "quoting", "el dia",
    "né", "ti", "ons", "tors", "mán", "mandag", "data",
)

# "I wrote on Monday at 10:00:" is the customer telling a story, not a mail program.
FIRST_PERSON = (
    "i wrote", "we wrote", "i said", "we said", "i have written", "we have written",
    "ich schrieb", "wir schrieben", "habe ich", "haben wir", "j'ai écrit",
    "nous avons écrit", "escribí", "ho scritto", "escrevi", "schreef ik", "skrev jeg",
    "skrev jag", "skrev vi", "я написал", "я писал", "мы писали", "napisałem",
    "napisałam", "napsal jsem", "kirjoitin", "yazdım",
)

# Titles between dashes above old mail: "-----Original Message-----".
ORIGINAL = (
    "original message", "original email", "original e-mail", "original mail",
    "original appointment", "reply message", "previous message", "reply email",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht",
    "ursprüngliche mail", "antwort nachricht", "ursprünglicher termin",
    "message d'origine", "message d’origine", "message original", "message initial",
    "mensaje original", "messaggio originale", "messaggio di origine",
    "mensagem original", "missatge original", "oorspronkelijk bericht",
    "oorspronkelijke bericht", "origineel bericht", "ursprungligt meddelande",
    "originalmeddelande", "opprinnelig melding", "original melding",
    "oprindelig meddelelse", "original meddelelse", "alkuperäinen viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "pierwotna wiadomość",
    "původní zpráva", "pôvodná správa", "eredeti üzenet", "mesaj original",
    "mesajul original", "исходное сообщение", "оригинальное сообщение",
    "первоначальное сообщение", "вихідне повідомлення", "оригінальне повідомлення",
    "оригинално съобщение", "originalna poruka", "izvirno sporočilo",
    "orijinal ileti", "özgün ileti", "orijinal mesaj", "αρχικό μήνυμα",
    "pradinis laiškas", "sākotnējais ziņojums", "algne kiri", "הודעה מקורית",
    "ההודעה המקורית", "الرسالة الأصلية", "رسالة أصلية", "پیام اصلی", "原始邮件", "原始郵件",
    "邮件原件", "原邮件", "元のメッセージ", "オリジナルメッセージ", "원본 메시지", "원본 메일",
    "original message by", "thư gốc", "tin nhắn gốc", "ข้อความต้นฉบับ", "pesan asli",
    "mensaje de origen", "messaggio precedente",
)

# The same for a mail passed on, which the customer wants us to read.
FORWARDED = (
    "forwarded message", "forwarded mail", "forwarded email", "forwarded by",
    "begin forwarded message", "start of forwarded message",
    "weitergeleitete nachricht", "weitergeleitete mail", "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail", "beginn der weitergeleiteten nachricht",
    "message transféré", "message transmis", "message réexpédié",
    "début du message réexpédié", "début du message transféré", "courriel transféré",
    "mensaje reenviado", "mensaje transferido", "inicio del mensaje reenviado",
    "messaggio inoltrato", "inizio messaggio inoltrato", "mensagem encaminhada",
    "mensagem reencaminhada", "início da mensagem reencaminhada",
    "início da mensagem encaminhada", "missatge reenviat", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "vidarebefordrat meddelande",
    "vidarebefordrat mejl", "vidarebefordrat brev", "videresendt melding",
    "videresendt besked", "videresendt meddelelse", "start på videresendt besked",
    "välitetty viesti", "edelleenlähetetty viesti", "przekazana wiadomość",
    "wiadomość przekazana", "početak proslijeđene poruke", "přeposlaná zpráva",
    "preposlaná správa", "továbbított üzenet", "mesaj redirecționat",
    "mesaj redirectionat", "пересылаемое сообщение", "пересланное сообщение",
    "начало переадресованного сообщения", "переслане повідомлення",
    "препратено съобщение", "proslijeđena poruka", "posredovano sporočilo",
    "iletilen ileti", "iletilmiş mesaj", "yönlendirilen ileti", "προωθημένο μήνυμα",
    "προωθούμενο μήνυμα", "הודעה שהועברה", "رسالة معاد توجيهها", "رسالة مُعاد توجيهها",
    "转发邮件", "转发的邮件", "轉寄的郵件", "轉寄郵件", "転送メッセージ", "転送されたメッセージ",
    "전달된 메시지", "전달된 메일", "tin nhắn được chuyển tiếp", "pesan terusan",
)

# Beginnings of the subject of a mail passed on. "VS:" is left out: it is a Norwegian
# forward, but a Finnish answer.
FORWARD_SUBJECTS = (
    "fwd:", "fw:", "wg:", "tr:", "rv:", "i:", "enc:", "vb:", "vl:", "doorst:",
    "pd:", "továbbítás:", "továbbított:", "ilt:", "прв:", "пер:", "转发:", "转发：",
    "轉寄:", "轉寄：", "転送:", "전달:", "tl:", "trs:", "reenv:", "fwd.:",
)

# Role -> names of the header fields that Outlook and others show above old mail.
HEADER_NAMES = {
    "from": (
        "from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "feladó",
        "от", "від", "от кого", "від кого", "gönderen", "kimden", "发件人", "寄件者",
        "寄件人", "差出人", "送信者", "보낸 사람", "보낸사람", "발신", "מאת", "من", "از", "από",
        "de la", "expéditeur", "remitente", "mittente", "remetente", "afzender",
        "avsändare", "afsender", "avsender", "absender", "nadawca", "odosielateľ",
        "odesílatel", "отправитель", "подател", "pošiljatelj", "šalje", "saatja",
        "nuo", "no", "từ", "người gửi", "จาก", "dari", "sender", "expedidor", "desde",
    ),
    "date": (
        "sent", "date", "gesendet", "datum", "envoyé", "envoyé le", "enviado",
        "enviado el", "enviado em", "fecha", "data", "data invio", "inviato",
        "inviato il", "verzonden", "verstuurd", "skickat", "skickades", "sendt",
        "dato", "lähetetty", "päivämäärä", "pvm", "wysłano", "wysłane", "odesláno",
        "odoslané", "dátum", "küldve", "elküldve", "trimis", "trimis la", "отправлено",
        "дата", "надіслано", "відправлено", "изпратено", "poslano", "poslato",
        "gönderildi", "gönderme tarihi", "gönderilme", "gönderim tarihi", "tarih",
        "στάλθηκε", "εστάλη", "ημερομηνία", "išsiųsta", "nosūtīts", "saadetud",
        "发送时间", "发送日期", "日期", "寄件日期", "傳送時間", "時間", "送信日時", "日時", "日付",
        "보낸 날짜", "보낸 시간", "날짜", "נשלח", "תאריך", "تاريخ الإرسال", "التاريخ", "تاریخ",
        "أُرسلت", "đã gửi", "ngày", "gửi", "ส่ง", "วันที่", "dikirim", "tanggal", "heure", "am",
        "sent at", "sent on", "date sent", "data de envio",
    ),
    "to": (
        "to", "an", "à", "a", "para", "pour", "aan", "till", "til", "vastaanottaja",
        "do", "pre", "komu", "címzett", "către", "catre", "кому", "до", "za", "prima",
        "kime", "kimlere", "alıcı", "προς", "kam", "收件人", "收件者", "宛先", "받는 사람",
        "받는사람", "수신", "אל", "إلى", "به", "đến", "tới", "ถึง", "kepada", "destinataire",
        "destinatario", "destinatari", "destinatário", "empfänger", "per", "mottagare",
        "modtager", "odbiorca", "adresát", "получатель", "ontvanger", "i", "recipient",
    ),
    "cc": (
        "cc", "kopie", "copie à", "copie", "copia", "kopia", "kopi", "kopio", "dw",
        "másolatot kap", "másolat", "копия", "копія", "bilgi", "κοιν.", "κοινοποίηση",
        "抄送", "副本", "참조", "עותק", "نسخة", "bcc", "kópia", "cópia", "másolatban", "cópia para",
    ),
    "subject": (
        "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "assumpte",
        "onderwerp", "ämne", "emne", "aihe", "temat", "předmět", "predmet", "tárgy",
        "subiect", "тема", "относно", "naslov", "konu", "θέμα", "tema", "temats",
        "teema", "主题", "主旨", "主題", "件名", "제목", "נושא", "الموضوع", "موضوع", "chủ đề",
        "tiêu đề", "เรื่อง", "หัวเรื่อง", "subjek", "perihal", "sujet", "re", "betr", "zadeva",
    ),
    "other": (
        "reply-to", "reply to", "antwort an", "antwort-an", "répondre à", "responder a",
        "responder", "rispondi a", "antwoord aan", "svara till", "svar til", "importance",
        "wichtigkeit", "priority", "attachments", "anlagen", "anhang", "pièces jointes",
        "archivos adjuntos", "allegati", "bijlagen", "organization", "organisation",
        "mailed-by", "signed-by", "vastaa", "odpowiedz do", "válaszcím", "ответить на",
    ),
}

# Whole lines above which the customer was asked to write his answer.
REPLY_ABOVE = (
    "reply above this line", "reply above the line", "type your reply above this line",
    "write your reply above this line", "your reply above this line",
    "enter your reply above this line", "add your reply above this line",
    "please reply above this line", "please type your reply above this line",
    "write above this line to reply", "reply above this line to add a comment",
    "antworten sie über dieser zeile", "bitte antworten sie oberhalb dieser zeile",
    "bitte oberhalb dieser zeile antworten", "ihre antwort über dieser zeile",
    "répondez au-dessus de cette ligne", "répondre au-dessus de cette ligne",
    "responda por encima de esta línea", "escriba su respuesta encima de esta línea",
    "rispondi sopra questa riga", "responda acima desta linha",
    "antwoord boven deze regel", "svara ovanför denna rad", "svar over denne linje",
    "svar over denne linjen", "vastaa tämän rivin yläpuolelle",
    "odpowiedz powyżej tej linii", "odpovězte nad tímto řádkem",
    "ответьте выше этой строки", "bu satırın üzerine yanıtlayın", "请在此行上方回复",
    "この行より上に返信してください", "이 줄 위에 회신하세요",
)
# fmt: on
