"""Sixteen conversations of a shop's day, told in minutes before now."""

from omnidesk.demo.sample.files import JACKET, RETURN_LABEL
from omnidesk.demo.sample.people import BILLING, JONAS, MAYA, PRIYA, SHIPPING
from omnidesk.demo.sample.script import (
    Assign,
    Bot,
    Chat,
    HandOff,
    Mail,
    Note,
    Reply,
    Resolve,
    Snooze,
    Sort,
    Story,
    Writer,
)

HOUR = 60
DAY = 24 * HOUR

ANA = Writer("Ana Ruiz", "ana@example.com", "cust_10432")
HTML_COMPLAINT = (
    "<html><body><p>Hello Acme team,</p><p>you sent me a jacket in size <b>XL</b>, "
    "but I had ordered <b>M</b>. A picture is attached.</p>"
    "<table><tr><th>Ordered</th><th>Delivered</th></tr><tr><td>Blue jacket, M</td>"
    "<td>Blue jacket, XL</td></tr></table>"
    '<p><img src="https://tracker.example/open.gif" width="1" height="1" alt=""></p>'
    "<p>Kind regards,<br>Aisha Bello</p></body></html>"
)

STORIES: tuple[Story, ...] = (
    Story(
        Writer("Camille Laurent", "camille@example.com"),
        "Facture de novembre",
        (
            Mail(
                3 * DAY,
                "Bonjour, pourriez-vous m'envoyer la facture de ma commande 10077 ?",
            ),
            Reply(
                3 * DAY - 50, PRIYA, "Bonjour Camille, la voici. Bonne journée, Priya"
            ),
            Resolve(3 * DAY - 48, PRIYA),
        ),
        language="fr",
    ),
    Story(
        ANA,
        "Refund has not arrived",
        (
            Mail(
                DAY + 3 * HOUR,
                "Hi, I returned the blue jacket on the 3rd (order #10432) and the "
                "refund has not arrived yet. Could you check?\n\nAna",
                files=(RETURN_LABEL,),
            ),
            Sort(DAY + 3 * HOUR, BILLING, 2, "Mails about refunds go to Billing."),
            Assign(DAY + 160, MAYA),
            Reply(
                DAY + 152,
                MAYA,
                "Hi Ana, thanks for writing. Your parcel reached our warehouse on "
                "Tuesday. Refunds take 3 to 5 working days; I am checking with "
                "finance now.",
            ),
            Note(
                DAY + 151,
                MAYA,
                "@Jonas can you confirm that the refund for #10432 was released?",
            ),
            Note(
                HOUR,
                JONAS,
                "Released this morning, reference RF-2291. Banks take 48 h.",
            ),
            Chat(3, "Hi, me again about order 10432."),
            Chat(2, "Any news? It still does not show on my card."),
        ),
    ),
    Story(
        Writer("Igor Petrov", "igor@example.com"),
        "Деньги ещё не пришли",
        (
            Mail(5 * HOUR, "Здравствуйте! Я вернул ботинки, но деньги ещё не пришли."),
            Sort(5 * HOUR, BILLING, 3, "Mails about refunds go to Billing."),
            Assign(60, PRIYA),
            Reply(47, PRIYA, "Hello Igor, it was released this morning, ref RF-2291."),
        ),
        language="ru",
    ),
    Story(
        Writer("Lucas Silva", "lucas@example.com"),
        "Parceria com 40 lojas",
        (
            Mail(
                4 * HOUR,
                "Olá! Temos uma rede de 40 lojas no Porto e gostaríamos de vender as "
                "vossas mochilas. Com quem posso falar?",
            ),
            Note(3.5 * HOUR, MAYA, "Sales answers on Mondays. Back to us tomorrow."),
            Snooze(3.4 * HOUR, MAYA, hours=20),
        ),
        language="pt",
    ),
    Story(
        Writer("Emma Roy", shop_id="cust_10311"),
        "",
        (
            Chat(3.2 * HOUR, "The promo code CODE10 does not work for me"),
            HandOff(3.2 * HOUR, "unsure", "The promo code CODE10 does not work", {}),
            Assign(3.1 * HOUR, MAYA),
            Reply(
                3.1 * HOUR,
                MAYA,
                "Hi Emma, CODE10 ended on Sunday. I have put 10 % on your account.",
            ),
            Chat(3 * HOUR, "Wonderful, thank you!"),
            Resolve(2.9 * HOUR, MAYA),
        ),
    ),
    Story(
        Writer("عمر عزيز", "omar@example.com"),
        "إلغاء الاشتراك",
        (
            Mail(
                3 * HOUR,
                "مرحبًا، أريد إلغاء اشتراكي ابتداءً من الشهر القادم. "
                "هل يمكنكم تأكيد ذلك من فضلكم؟\n\nشكرًا،\nعمر",
            ),
        ),
        language="ar",
    ),
    Story(
        Writer("Aisha Bello", "aisha@example.com"),
        "Wrong size delivered",
        (
            Mail(
                2 * HOUR,
                "Hello Acme team,\n\nyou sent me a jacket in size XL, but I had ordered "
                "M. A picture is attached.\n\nKind regards,\nAisha Bello",
                html=HTML_COMPLAINT,
                files=(JACKET,),
            ),
            Sort(2 * HOUR, SHIPPING, 3, "Mails about deliveries go to Shipping."),
            Assign(95, JONAS),
        ),
    ),
    Story(
        Writer("Noah Klein", "noah@example.com"),
        "Frage zur Garantie",
        (
            Mail(
                70,
                "Guten Tag, gilt die Garantie von zwei Jahren auch für den "
                "Reißverschluss? Meiner klemmt seit letzter Woche.\n\nNoah Klein",
            ),
            Assign(64, MAYA),
            Note(63, MAYA, "Zips are covered. Asking the workshop for a date."),
        ),
        language="de",
    ),
    Story(
        Writer("Mei Tan", shop_id="cust_10219"),
        "",
        (
            Chat(66, "The shop on King St. is closed today, what now?"),
            Bot(
                66,
                "A parcel waits at its pick-up point for 7 days. You can change the "
                "pick-up point in your account until it has been collected.",
                "Picking up a parcel",
            ),
            Chat(65, "I cannot change it. I need to talk to a person please"),
            HandOff(
                65, "wish", "Pick-up point on King St. is closed", {"order": "#10219"}
            ),
            Assign(60, JONAS),
            Reply(59, JONAS, "Hi Mei, sorry! Shall we send it to your home instead?"),
            Chat(58, "Yes please, but only after 6 pm"),
        ),
    ),
    Story(
        Writer("Sara Lind", "sara@example.com"),
        "Kortet nekas i kassan",
        (
            Mail(
                33,
                "Hej! Jag har försökt med två kort och båda nekas i kassan. Kan jag "
                "betala mot faktura i stället?\n\nSara",
            ),
        ),
        language="sv",
    ),
    Story(
        Writer("Kofi Mensah", "kofi@example.com"),
        "Invoice for March",
        (
            Mail(
                45,
                "Hello, the invoice for March has our old address on it. Please send "
                "a corrected one: Mensah Ltd, 4 Harbour Road, Accra.",
            ),
            Assign(30, MAYA),
            Mail(21, "Could you also put our tax number on it? GH-1182-77."),
        ),
    ),
    Story(
        Writer("Fatima Noor", "fatima@example.com"),
        "Change delivery address",
        (
            Mail(
                14,
                "Please send order #10467 to my office instead: 12 Hafenstrasse, "
                "20457 Hamburg. It has not left yet, has it?",
            ),
            Sort(14, SHIPPING, 2, "Mails about deliveries go to Shipping."),
        ),
    ),
    Story(
        Writer("Yuki Sato", shop_id="cust_10480"),
        "",
        (
            Chat(11, "Do you ship to Japan?"),
            Bot(
                11,
                "Yes. We ship to 42 countries, Japan among them; it takes 5 to 9 "
                "working days and costs 14 euros.",
                "Shipping times and costs",
            ),
        ),
    ),
    Story(
        Writer("Tom Becker", "tom@example.com"),
        "Where is my order #10398?",
        (
            Mail(40, "Hi, my order #10398 should have come on Monday. Where is it?"),
            Sort(40, SHIPPING, 3, "Mails about deliveries go to Shipping."),
            Assign(15, JONAS),
            Reply(
                9,
                JONAS,
                "Hi Tom, it left the depot this morning; you will have it tomorrow.",
            ),
        ),
    ),
    Story(
        Writer("Grace Okafor"),
        "",
        (
            Chat(7, "hello is anyone there"),
            HandOff(7, "unsure", "hello is anyone there", {}),
            Assign(6, PRIYA),
            Reply(6, PRIYA, "Hello! Priya here, how can I help?"),
            Chat(5, "I would like to know when the red rucksack is back in stock"),
        ),
    ),
    Story(
        Writer("Li Wei", shop_id="cust_10455"),
        "",
        (
            Chat(5, "I cannot log in since the update"),
            Bot(
                5,
                "Choose \u201cForgot your password?\u201d on the sign-in page; the mail "
                "comes within a few minutes.",
                "Signing in and passwords",
            ),
            Chat(4, "I did that three times. It says \u201caccount locked\u201d."),
            HandOff(
                4,
                "misses",
                "Cannot log in: \u201caccount locked\u201d after a password reset",
                {
                    "language": "en",
                    "tried": [
                        {
                            "outcome": "answered",
                            "confidence": 0.81,
                            "sources": [
                                {
                                    "title": "Signing in and passwords",
                                    "url": "/help/signing-in-and-passwords/",
                                    "confidence": 0.81,
                                }
                            ],
                        }
                    ],
                },
            ),
        ),
    ),
)
