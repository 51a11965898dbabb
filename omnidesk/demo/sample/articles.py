"""The help center of Acme shop: what customers read and the bot answers from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleArticle:
    """An article as a manager would write it."""

    title: str
    slug: str
    body: str
    questions: tuple[str, ...]
    language: str = "en"


ARTICLES: tuple[SampleArticle, ...] = (
    SampleArticle(
        "Returning an order",
        "returning-an-order",
        "You can return anything within **30 days** of delivery, unworn and with its "
        "tags.\n\n"
        "1. Open *My orders* and choose **Return**.\n"
        "2. Print the label, or show the code at a parcel shop.\n"
        "3. Bring the parcel to any parcel shop within 7 days.\n\n"
        "## What it costs\n\nReturns are free within the European Union. From other "
        "countries you pay the postage.\n",
        (
            "How do I return something?",
            "Can I send the jacket back?",
            "How long do I have to return an order?",
            "Where do I find the return label?",
            "Are returns free?",
        ),
    ),
    SampleArticle(
        "When a refund arrives",
        "when-a-refund-arrives",
        "We refund within **3 to 5 working days** after your return has reached our "
        "warehouse, to the card or account you paid with. Banks then take up to "
        "48 hours to show it.\n\n"
        "## It has not arrived\n\nIf 7 working days have passed, write to us with your "
        "order number and we look for it together with finance.\n",
        (
            "Where is my refund?",
            "When do I get my money back?",
            "My refund has not arrived",
            "How long does a refund take?",
        ),
    ),
    SampleArticle(
        "Shipping times and costs",
        "shipping-times-and-costs",
        "| Where to | How long | Cost |\n|---|---|---|\n"
        "| Germany, Austria | 1 to 2 working days | 4 euros |\n"
        "| European Union | 2 to 4 working days | 7 euros |\n"
        "| Japan, USA, Canada and 12 more | 5 to 9 working days | 14 euros |\n\n"
        "Orders above **60 euros** are sent free within the European Union. We ship to "
        "42 countries; the checkout lists them.\n",
        (
            "Do you ship to Japan?",
            "How much is shipping?",
            "How long does delivery take?",
            "Which countries do you deliver to?",
            "Is shipping free?",
        ),
    ),
    SampleArticle(
        "Where a parcel is",
        "where-a-parcel-is",
        "As soon as a parcel leaves our warehouse you get a mail with a **tracking "
        "link**. The link is also under *My orders*.\n\n"
        "A parcel that has not moved for 3 working days is worth a message to us: we "
        "ask the carrier.\n",
        (
            "Where is my order?",
            "How can I track my parcel?",
            "Where do I find the tracking number?",
            "My package has not arrived",
        ),
    ),
    SampleArticle(
        "Picking up a parcel",
        "picking-up-a-parcel",
        "A parcel waits at its pick-up point for **7 days**. Bring the code from the "
        "mail and something that shows your name.\n\n"
        "You can change the pick-up point in your account until the parcel has been "
        "collected.\n",
        (
            "How long does my parcel stay at the pick-up point?",
            "The pick-up point is closed",
            "What do I need to collect a parcel?",
            "Can somebody else pick up my parcel?",
        ),
    ),
    SampleArticle(
        "Changing or canceling an order",
        "changing-or-canceling-an-order",
        "Until an order is packed, usually **2 hours** after you placed it, you can "
        "change the address or cancel it under *My orders*.\n\n"
        "After that, refuse the parcel at the door or return it; both cost nothing.\n",
        (
            "How do I cancel my order?",
            "Can I change the delivery address?",
            "I ordered the wrong size",
        ),
    ),
    SampleArticle(
        "Paying by card, invoice or transfer",
        "paying",
        "We take Visa, Mastercard, PayPal, and bank transfer. Companies can pay by "
        "**invoice within 14 days** after their first order.\n\n"
        "## A card is declined\n\nMost often the bank asks for a confirmation in its "
        "app. Try again and keep the app open; if that fails, use another way to pay. "
        "Nothing is charged for a declined payment.\n",
        (
            "My card was declined",
            "How can I pay?",
            "Can I pay by invoice?",
            "Do you take PayPal?",
        ),
    ),
    SampleArticle(
        "Signing in and passwords",
        "signing-in-and-passwords",
        "Choose **Forgot your password?** on the sign-in page. The mail comes within a "
        "few minutes; look among unwanted mail too.\n\n"
        "After five wrong passwords an account is locked for one hour.\n",
        (
            "I forgot my password",
            "I cannot log in",
            "How do I reset my password?",
            "My account is locked",
        ),
    ),
    SampleArticle(
        "The two-year warranty",
        "the-two-year-warranty",
        "Everything we sell has a warranty of **two years** on material and seams, "
        "zips and buckles included. Wear and washing are not covered.\n\n"
        "Send us a picture and your order number; we repair it, or replace it.\n",
        (
            "Is there a warranty?",
            "Does the warranty cover the zip?",
            "My backpack broke, what now?",
        ),
    ),
    SampleArticle(
        "Rücksendung und Erstattung",
        "ruecksendung-und-erstattung",
        "Sie können alles innerhalb von **30 Tagen** zurücksenden. Unter *Meine "
        "Bestellungen* finden Sie das Etikett.\n\n"
        "Das Geld ist **3 bis 5 Werktage** nach Eingang der Sendung wieder bei Ihnen.\n",
        (
            "Wie kann ich etwas zurückschicken?",
            "Wann bekomme ich mein Geld zurück?",
            "Wo ist das Etikett für die Rücksendung?",
        ),
        language="de",
    ),
)
