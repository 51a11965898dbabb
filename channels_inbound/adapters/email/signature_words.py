"""The words that end a letter, and what phones and mail programs add below it."""

# fmt: off
# Whole lines (a name or an adverb may follow) with which people close.
CLOSINGS = (
    # English
    "thanks", "thank you", "many thanks", "thanks a lot", "thanks so much", "thx",
    "thanks again", "thanks in advance", "thank you in advance", "thank you very much",
    "thanks very much", "thank you so much", "thanks and regards", "thanks & regards",
    "thanks and best regards", "thanks for your help", "thank you for your help",
    "thank you and best regards", "regards", "best regards", "kind regards",
    "warm regards", "warmest regards", "kindest regards", "with regards",
    "with best regards", "with kind regards", "many regards", "best", "best wishes",
    "all the best", "cheers", "sincerely", "sincerely yours", "yours sincerely",
    "yours truly", "yours faithfully", "yours", "respectfully", "cordially", "br", "rgds",
    # German
    "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß",
    "mit freundlichem gruss", "mit freundlichen gruessen", "freundliche grüße",
    "freundliche grüsse", "viele grüße", "viele grüsse", "beste grüße", "beste grüsse",
    "liebe grüße", "liebe grüsse", "herzliche grüße", "herzliche grüsse", "mfg",
    "mit besten grüßen", "mit besten grüssen", "schöne grüße", "gruß", "gruss", "grüße",
    "grüsse", "lg", "vg", "vielen dank", "danke", "vielen dank und viele grüße",
    "hochachtungsvoll", "besten dank", "vielen dank im voraus",
    # French
    "cordialement", "bien cordialement", "très cordialement", "cdlt", "bien à vous",
    "sincères salutations", "salutations", "meilleures salutations",
    "salutations distinguées", "bonne journée", "merci", "merci d'avance",
    "merci beaucoup", "bien à toi", "respectueusement", "amicalement",
    # Spanish, Portuguese, Catalan
    "saludos", "un saludo", "saludos cordiales", "atentamente", "atte", "muchas gracias",
    "gracias", "cordialmente", "un cordial saludo", "gracias y saludos",
    "atenciosamente", "att", "cumprimentos", "com os melhores cumprimentos",
    "melhores cumprimentos", "obrigado", "obrigada", "abraços", "salutacions",
    # Italian
    "cordiali saluti", "distinti saluti", "saluti", "un saluto", "grazie",
    "grazie mille", "buona giornata", "grazie e saluti",
    # Dutch
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet",
    "vriendelijke groeten", "groeten", "groet", "mvg", "gr", "hartelijke groet",
    "met hartelijke groet", "alvast bedankt", "bedankt",
    # Scandinavian, Finnish
    "mvh", "med vänlig hälsning", "med vänliga hälsningar", "vänliga hälsningar",
    "vänlig hälsning", "hälsningar", "bästa hälsningar", "tack", "med venlig hilsen",
    "med vennlig hilsen", "venlig hilsen", "vennlig hilsen", "hilsen", "vh",
    "de bedste hilsner", "mange tak", "tak", "takk", "beste hilsen", "ystävällisin terveisin",
    "terveisin", "parhain terveisin", "kiitos", "yt",
    # Slavic
    "pozdrawiam", "z poważaniem", "z wyrazami szacunku", "pozdrawiam serdecznie",
    "serdecznie pozdrawiam", "dziękuję", "s pozdravem", "s pozdravom", "s pozdravy",
    "hezký den", "děkuji", "ďakujem", "s přáním hezkého dne", "с уважением",
    "с наилучшими пожеланиями", "спасибо", "з повагою", "дякую", "с уважение",
    "поздрави", "lep pozdrav", "srdačan pozdrav", "lijep pozdrav", "pozdrav",
    # Others
    "üdvözlettel", "tisztelettel", "köszönettel", "köszönöm", "cu stimă",
    "cu respect", "mulțumesc", "saygılarımla", "iyi çalışmalar", "teşekkürler",
    "με εκτίμηση", "ευχαριστώ", "pagarbiai", "ar cieņu", "lugupidamisega", "בברכה",
    "תודה", "مع تحياتي", "مع أطيب التحيات", "شكرا", "此致", "谢谢", "敬具",
    "よろしくお願いします", "よろしくお願いいたします", "以上、よろしくお願いします",
    "以上、よろしくお願いいたします", "감사합니다", "trân trọng", "cảm ơn", "terima kasih",
    "salam", "hormat kami", "ขอบคุณครับ", "ขอบคุณค่ะ",
)

# "Sent from my iPhone": these words, then a device or program, then nothing more.
SENT_FROM = (
    "sent from", "sent via", "sent with", "sent by", "sent using", "sent on", "sent through",
    "written on", "typed on", "composed on", "posted from",
    "von meinem", "gesendet von", "gesendet mit", "gesendet aus", "gesendet via",
    "diese nachricht wurde von meinem", "diese nachricht wurde mit", "mobil gesendet",
    "von unterwegs gesendet", "envoyé de", "envoyé depuis", "envoyé à partir de",
    "envoyé avec", "envoyé par", "envoyé via", "enviado desde",
    "enviado con", "enviado por", "enviado do", "enviado de", "enviado a partir do",
    "enviado pelo", "enviado via", "inviato da", "inviato dal",
    "inviato con", "inviato tramite", "enviat des", "verzonden vanaf",
    "verzonden met", "verstuurd vanaf", "verstuurd met", "verstuurd vanuit",
    "verzonden van", "verzonden vanuit", "skickat från", "skickat via",
    "skickades från", "sendt fra", "sendt via", "lähetetty",
    "wysłano z", "wysłane z", "wysłano za pomocą", "odesláno z",
    "odoslané z", "küldve", "iphone-ról küldve", "trimis de pe", "отправлено с",
    "отправлено из", "послано с", "надіслано з", "изпратено от", "poslano s",
    "poslano z", "poslato sa", "gönderildi", "στάλθηκε από", "išsiųsta iš", "נשלח מ",
    "أرسلت من", "تم الإرسال من", "发自我的", "从我的", "發自我的", "從我的", "来自我的",
    "iphoneから送信", "私の", "나의", "내", "được gửi từ", "gửi từ", "ส่งจาก", "dikirim dari",
)
# The same where the verb ends the line.
SENT_FROM_AT_END = ("gesendet", "から送信", "küldve", "gönderildi", "lähetetty", "보냄")
# "Get Outlook for iOS" is an advertisement for the program.
GET = (
    "get ", "download ", "try ", "holen sie sich ", "obtenez ", "télécharger ",
    "téléchargez ", "obtener ", "obtén ", "descargar ", "obter ", "obtenha ", "scarica ",
    "ottieni ", "download ", "hent ", "få ", "hämta ", "hanki ", "pobierz ", "získat ",
    "stáhnout ", "получить ", "скачать ", "отримати ", "获取", "下载", "取得", "を入手",
)
DEVICES = (
    "iphon",
    "iphone", "ipad", "ipod", "android", "samsung", "galaxy", "blackberry", "htc",
    "huawei", "xiaomi", "redmi", "oppo", "oneplus", "nokia", "lumia", "motorola", "moto",
    "nexus", "pixel", "sony", "xperia", "lg", "mobile", "mobil", "smartphone", "phone",
    "handy", "telefon", "téléphone", "teléfono", "telefono", "celular", "cellulare",
    "telefoon", "tablet", "tablette", "outlook", "windows", "yahoo", "gmail", "mailbox",
    "mail.ru", "proton", "protonmail", "tutanota", "gmx", "web.de", "aol", "k-9",
    "fairemail", "bluemail", "blue mail", "spark", "airmail", "newton", "nine", "edison",
    "superhuman", "thunderbird", "mac", "macbook", "apple watch", "watch", "palm",
    "verizon", "t-mobile", "at&t", "vodafone", "wireless", "treo", "windows phone",
    "мобильного", "телефона", "смартфона", "почты", "手机", "手機", "スマートフォン", "휴대폰",
    "điện thoại", "cell", "cellphone", "handheld", "device", "icloud", "hey", "ios",
    "fastmail", "zoho", "myphone", "mailspring", "canary", "boxer", "email app",
)
# Whole-line beginnings of what lists, scanners and legal departments add.
FOOTERS = (
    "you received this message because you are subscribed", "to unsubscribe from this",
    "this email has been checked for viruses", "this email was scanned",
    "virus-free.", "virenfrei.", "sans virus.", "libre de virus.", "mail priva di virus",
    "diese e-mail wurde von avast", "cet e-mail a été vérifié",
    "confidentiality notice", "this message is confidential",
    "this e-mail and any attachments", "this email and any attachments",
    "the information contained in this", "diese e-mail enthält vertrauliche",
    "ce message et toutes les pièces jointes", "please consider the environment",
    "do not print this e-mail", "bitte denken sie an die umwelt",
)
# fmt: on
