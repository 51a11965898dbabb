"""Old mail is cut off and the sender's own words are kept, in many languages."""

import textwrap

import pytest

from channels_inbound.adapters.email import html_lines, reply

OWN = "Danke, das hat geholfen."

INTROS = {
    "en1": "On Tue, 5 Mar 2024 at 10:22, Support Team <help@desk.example> wrote:",
    "en2": "On 05/03/2024 10:22, Support wrote:",
    "en3": "On Mar 5, 2024, at 10:22 AM, Support <help@desk.example> wrote:",
    "en4": "2024-03-05 10:22 GMT+01:00 Support <help@desk.example>:",
    "en5": "On Tuesday, March 5th, 2024 at 10:22, Support <help@desk.example> wrote:",
    "en6": "Support <help@desk.example> wrote on 05/03/2024 10:22:",
    "en7": "---- On Tue, 05 Mar 2024 10:22:01 +0100 Support <help@desk.example> wrote ----",
    "en8": "Support <help@desk.example> wrote:",
    "en9": "At 10:22 AM 3/5/2024, Support wrote:",
    "en10": "On Tue, Mar 05, 2024 at 10:22:11AM +0100, Support wrote:",
    "de1": "Am 05.03.2024 um 10:22 schrieb Support <help@desk.example>:",
    "de2": "Am Di., 5. März 2024 um 10:22 Uhr schrieb Support Team <help@desk.example>:",
    "de3": "Am Dienstag, dem 05.03.2024 um 10:22 +0100 schrieb Support:",
    "de4": "Support <help@desk.example> schrieb am Di., 5. März 2024, 10:22:",
    "fr1": "Le mar. 5 mars 2024 à 10:22, Support <help@desk.example> a écrit :",
    "fr2": "Le 05/03/2024 à 10:22, Support a écrit :",
    "fr3": "Le mardi 5 mars 2024, 10:22:01 CET Support a écrit :",
    "es1": "El mar, 5 mar 2024 a las 10:22, Support (<help@desk.example>) escribió:",
    "es2": "El 05/03/2024 a las 10:22, Support escribió:",
    "pt1": "Em ter., 5 de mar. de 2024 às 10:22, Support <help@desk.example> escreveu:",
    "it1": "Il giorno mar 5 mar 2024 alle ore 10:22 Support <help@desk.example> ha scritto:",
    "it2": "Il 05/03/2024 10:22, Support ha scritto:",
    "nl1": "Op di 5 mrt 2024 om 10:22 schreef Support <help@desk.example>:",
    "nl2": "Op 5 mrt. 2024 om 10:22 heeft Support <help@desk.example> het volgende geschreven:",
    "sv1": "Den tis 5 mars 2024 kl 10:22 skrev Support <help@desk.example>:",
    "sv2": "5 mars 2024 kl. 10:22 skrev Support <help@desk.example>:",
    "no1": "tir. 5. mar. 2024 kl. 10:22 skrev Support <help@desk.example>:",
    "da1": "Den tirs. 5. mar. 2024 kl. 10.22 skrev Support <help@desk.example>:",
    "fi1": "ti 5. maalisk. 2024 klo 10.22 Support (help@desk.example) kirjoitti:",
    "pl1": "wt., 5 mar 2024 o 10:22 Support <help@desk.example> napisał(a):",
    "pl2": "W dniu 05.03.2024 o 10:22, Support pisze:",
    "cs1": "út 5. 3. 2024 v 10:22 odesílatel Support <help@desk.example> napsal:",
    "sk1": "ut 5. 3. 2024 o 10:22 Support <help@desk.example> napísal(a):",
    "hu1": "Support <help@desk.example> ezt írta (időpont: 2024. márc. 5., K, 10:22):",
    "ro1": "mar., 5 mar. 2024 la 10:22, Support <help@desk.example> a scris:",
    "ru1": "вт, 5 мар. 2024 г. в 10:22, Support <help@desk.example>:",
    "ru2": '05.03.2024, 10:22, "Support" <help@desk.example>:',
    "ru3": "Вторник, 5 марта 2024, 10:22 +03:00 от Support <help@desk.example>:",
    "uk1": "вт, 5 бер. 2024 р. о 10:22 Support <help@desk.example> пише:",
    "bg1": "На вт, 5.03.2024 г. в 10:22 Support <help@desk.example> написа:",
    "tr1": "Support <help@desk.example>, 5 Mar 2024 Sal, 10:22 tarihinde şunu yazdı:",
    "el1": "Στις Τρί 5 Μαρ 2024 στις 10:22 π.μ., ο χρήστης Support <help@desk.example> έγραψε:",
    "he1": "\u202bבתאריך יום ג׳, 5 במרץ 2024 ב-10:22 מאת \u202aSupport\u202c\u200f <\u202ahelp@desk.example\u202c\u200f>:\u202c",
    "zh1": "Support <help@desk.example> 于2024年3月5日周二 10:22写道：",
    "zh2": '在 2024-03-05 10:22:11，"Support" <help@desk.example> 写道：',
    "zh3": "Support <help@desk.example> 於 2024年3月5日 週二 上午10:22寫道：",
    "ja1": "2024年3月5日(火) 10:22 Support <help@desk.example>:",
    "ja2": "2024/03/05 10:22、Support <help@desk.example>のメール:",
    "ko1": "2024년 3월 5일 (화) 오전 10:22, Support <help@desk.example>님이 작성:",
    "vi1": "Vào Th 3, 5 thg 3, 2024 vào lúc 10:22 Support <help@desk.example> đã viết:",
    "id1": "Pada tanggal Sel, 5 Mar 2024 pukul 10.22 Support <help@desk.example> menulis:",
    "hr1": "uto, 5. ožu 2024. u 10:22 Support <help@desk.example> napisao je:",
    "sl1": "V V tor., 5. mar. 2024 ob 10:22 je oseba Support <help@desk.example> napisala:",
    "lt1": "2024-03-05, an, 10:22 Support <help@desk.example> rašė:",
    "th1": "ในวันที่ อ. 5 มี.ค. 2024 เวลา 10:22 Support <help@desk.example> เขียนว่า:",
    "ar1": "في الثلاثاء، 5 مارس 2024 في 10:22 ص تمت كتابة ما يلي بواسطة Support <help@desk.example>:",
    "ca1": "Missatge de Support <help@desk.example> del dia dt., 5 de març 2024 a les 10:22:",
}
HEADER_BLOCKS = {
    "en": "From: Support <help@desk.example>\nSent: Tuesday, March 5, 2024 10:22 AM\nTo: Ann Example <ann@x.example>\nSubject: Re: order",
    "en-date": "Date: Tue, 5 Mar 2024 10:22:00 +0100\nFrom: Support <help@desk.example>\nTo: ann@x.example\nSubject: Re: order",
    "en-noaddr": "From: Support, Desk\nSent: Tuesday, March 5, 2024 10:22 AM\nTo: Ann Example\nCc: Bob\nSubject: Re: order",
    "de": "Von: Support <help@desk.example>\nGesendet: Dienstag, 5. März 2024 10:22\nAn: Ann Example <ann@x.example>\nBetreff: AW: Bestellung",
    "fr": "De : Support <help@desk.example>\nEnvoyé : mardi 5 mars 2024 10:22\nÀ : Ann Example <ann@x.example>\nObjet : RE: commande",
    "es": "De: Support <help@desk.example>\nEnviado el: martes, 5 de marzo de 2024 10:22\nPara: Ann <ann@x.example>\nAsunto: RE: pedido",
    "pt": "De: Support <help@desk.example>\nEnviada em: terça-feira, 5 de março de 2024 10:22\nPara: Ann <ann@x.example>\nAssunto: RES: pedido",
    "it": "Da: Support <help@desk.example>\nInviato: martedì 5 marzo 2024 10:22\nA: Ann <ann@x.example>\nOggetto: R: ordine",
    "nl": "Van: Support <help@desk.example>\nVerzonden: dinsdag 5 maart 2024 10:22\nAan: Ann <ann@x.example>\nOnderwerp: RE: bestelling",
    "sv": "Från: Support <help@desk.example>\nSkickat: den 5 mars 2024 10:22\nTill: Ann <ann@x.example>\nÄmne: SV: order",
    "da": "Fra: Support <help@desk.example>\nSendt: 5. marts 2024 10:22\nTil: Ann <ann@x.example>\nEmne: SV: ordre",
    "fi": "Lähettäjä: Support <help@desk.example>\nLähetetty: tiistai 5. maaliskuuta 2024 10.22\nVastaanottaja: Ann <ann@x.example>\nAihe: VS: tilaus",
    "pl": "Od: Support <help@desk.example>\nWysłano: wtorek, 5 marca 2024 10:22\nDo: Ann <ann@x.example>\nTemat: ODP: zamówienie",
    "cs": "Od: Support <help@desk.example>\nOdesláno: úterý 5. března 2024 10:22\nKomu: Ann <ann@x.example>\nPředmět: RE: objednávka",
    "hu": "Feladó: Support <help@desk.example>\nKüldve: 2024. március 5., kedd 10:22\nCímzett: Ann <ann@x.example>\nTárgy: RE: rendelés",
    "ro": "De la: Support <help@desk.example>\nTrimis: marți, 5 martie 2024 10:22\nCătre: Ann <ann@x.example>\nSubiect: RE: comanda",
    "ru": "От: Support <help@desk.example>\nОтправлено: 5 марта 2024 г. 10:22\nКому: Ann <ann@x.example>\nТема: RE: заказ",
    "tr": "Kimden: Support <help@desk.example>\nGönderildi: 5 Mart 2024 Salı 10:22\nKime: Ann <ann@x.example>\nKonu: RE: sipariş",
    "el": "Από: Support <help@desk.example>\nΣτάλθηκε: Τρίτη, 5 Μαρτίου 2024 10:22\nΠρος: Ann <ann@x.example>\nΘέμα: RE: παραγγελία",
    "zh": "发件人: Support <help@desk.example>\n发送时间: 2024年3月5日 10:22\n收件人: Ann <ann@x.example>\n主题: 回复: 订单",
    "ja": "差出人: Support <help@desk.example>\n送信日時: 2024年3月5日 10:22\n宛先: Ann <ann@x.example>\n件名: RE: 注文",
    "ko": "보낸 사람: Support <help@desk.example>\n보낸 날짜: 2024년 3월 5일 화요일 10:22\n받는 사람: Ann <ann@x.example>\n제목: RE: 주문",
    "he": "מאת: Support <help@desk.example>\nנשלח: יום שלישי 05 מרץ 2024 10:22\nאל: Ann <ann@x.example>\nנושא: RE: הזמנה",
    "bold": "*From:* Support <help@desk.example>\n*Sent:* Tuesday, March 5, 2024 10:22 AM\n*To:* Ann <ann@x.example>\n*Subject:* Re: order",
}
TITLES = [
    "-----Original Message-----",
    "----- Ursprüngliche Nachricht -----",
    "-------- Message d'origine --------",
    "-----Mensaje original-----",
    "-----Исходное сообщение-----",
    "-----原始邮件-----",
    "## Please type your reply above this line ##",
    "--- Reply above this line ---",
]
OWN_WORDS = [
    "2024-03-05 10:22 ERROR: no route to db@host.example:\n  at line 5\nCan you help?",
    "Let us meet on Tuesday, 5 March 2024 at 10:22. Bob wrote he can come:\n\nyes",
    "On 5 March your colleague wrote that I get a refund.\nWhere is it?",
    "Please tell bob@x.example what Ann wrote:\n\nthe lamp is broken",
    "Hello\n\nThank you\nOrder 12345\nSize 42",
    "Hi\n\n--\n\nA second part of my letter, no signature.\nIs that clear?",
    "From: Ann\nEmail: ann@x.example\nSubject: lamp\nMessage: it is broken",
    "First\n\n* * *\n\nSecond",
    "On the other hand, I wrote:\n\nnothing at all.",
    "On my desk: three papers.\nFrom: the left corner to the right.\nDate: unknown.",
    "From: Berlin\nTo: Paris\nDate: 12 May 2024\nPassengers: 2\n\nPlease book this.",
    "Sent from my desk, not from home.",
    "I sent you this:\n> my own quote\nand it failed.",
    "Steps:\n\n---\n\n1. one\n2. two\n\n---\n\nDone.",
    "Please send:\n\n- Bread\n- Milk",
    "Thanks for the quick help, it works now on all machines!",
    "My order:\nSubject: shoes\nSize: 42\nDate: 5 May",
    "On 12 May 2024 we wrote:\nthe order is late.\nPlease check.",
    "Best of luck with the new release of the app.",
    "Code:\n```\n-- \nselect 1;\n```\nWhat is wrong here? I have tried all of these things and more.\nLine two of the text is long enough to be a sentence, really.",
    "This fails:\n>>> import x\n>>> x.y()",
    "She said to me at 10:30 on Monday that it is done.",
    "Time: 10:00\nPlace: here\nFrom: me",
    "I wrote on Monday at 10:00:\n\nthe printer is broken",
    "Regards the invoice: it is wrong.\nPlease correct it.",
    "Get Outlook to work please",
    "P.S. one more\nthing",
    "At 10:30 the technician wrote: out of order\non the door.",
    "Original message was lost.\nPlease resend.",
    "Hello,\n\nforwarded message to the team: done",
    "Version 2.0 -- the best one -- fails",
]
SIGNATURES = [
    "\n\nMit freundlichen Grüßen\nAnn Example\nExample GmbH\nTel. 030 123",
    "\n\n-- \nAnn\nExample Inc.",
    "\n\nSent from my iPhone",
    "\n\nVon meinem iPhone gesendet",
    "\n\nEnvoyé de mon iPhone",
    "\n\nEnviado desde mi Samsung Galaxy",
    "\n\nInviato da iPhone",
    "\n\nGet Outlook for Android<https://aka.ms/x>",
    "\n\nVerstuurd vanaf mijn iPad",
    "\n\nSkickat från min iPhone",
    "\n\nОтправлено с iPhone",
    "\n\niPhoneから送信",
    "\n\n发自我的iPhone",
    "\n\n나의 iPhone에서 보냄",
    "\n\nWysłane z iPhone'a",
    "\n\nSent from Yahoo Mail on Android",
    "\n\nSent from Mail for Windows 10",
    "\n\nThanks,\nAnn",
    "\nCheers",
    "\n\nBest regards,\n\nAnn Example\nHead of Things\n\nSent from my Samsung Galaxy smartphone.",
    "\n\nLähetetty iPhonesta",
    "\n\nSendt fra min iPhone",
    "\n\nOdesláno z iPhonu",
    "\n\niPhone'umdan gönderildi",
    "\n\nEnviado do meu iPhone",
    "\n\nSent from my T-Mobile 4G LTE Device",
    "\n\nTéléchargez Outlook pour iOS",
    "\n\nHolen Sie sich Outlook für iOS",
    "\n\nSent from ProtonMail mobile",
    "\n\nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "\n\nSent from my Huawei phone",
    "\n\nTrimis de pe iPhone-ul meu",
    "\n\nAz iPhone-omról küldve",
    "\n\nEnviado desde Outlook para iOS",
    "\n\nΣτάλθηκε από το iPhone μου",
    "\n\nנשלח מה-iPhone שלי",
]
FORWARDS = [
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "-------- Weitergeleitete Nachricht --------",
    "Début du message réexpédié :",
    "---------- Mensaje reenviado ---------",
]


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("intro", INTROS.values(), ids=INTROS)
class TestAnIntroduction:
    def test_goes_with_the_quote_below_it(self, intro: str) -> None:
        assert reply.from_text(f"{OWN}\n\n{intro}\n\n> Hello\n> there\n") == OWN

    def test_cuts_old_mail_that_has_no_marks(self, intro: str) -> None:
        text = f"{OWN}\n\n{intro}\n\nHello, it is fixed.\n\nRegards\nSupport"

        assert reply.from_text(text) == OWN

    def test_is_known_inside_the_quote(self, intro: str) -> None:
        assert reply.from_text(f"{OWN}\n\n> {intro}\n> Hello\n> there\n") == OWN

    def test_above_a_quote_leaves_the_answer_below(self, intro: str) -> None:
        assert reply.from_text(f"{intro}\n> Hello\n> there\n\n{OWN}") == OWN

    def test_is_known_when_wrapped(self, intro: str) -> None:
        wrapped = "\n".join(textwrap.wrap(intro, 66, break_on_hyphens=False))
        assert reply.from_text(f"{OWN}\n\n{wrapped}\n\n> Hello\n> there\n") == OWN

    def test_of_an_html_mail_goes_with_its_blockquote(self, intro: str) -> None:
        escaped = intro.replace("<", "&lt;").replace(">", "&gt;")
        html = f"<p>{OWN}</p><div>{escaped}</div><blockquote>Old</blockquote>"

        assert reply.from_html(html_lines.read(html)) == OWN


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS)
@pytest.mark.parametrize("above", ["", "_" * 32 + "\n", "-" * 20 + "\n\n"])
def test_a_header_block_begins_the_old_mail(block: str, above: str) -> None:
    assert reply.from_text(f"{OWN}\n\n{above}{block}\n\nHello there") == OWN


@pytest.mark.parametrize("title", TITLES)
def test_a_title_begins_the_old_mail(title: str) -> None:
    assert reply.from_text(f"{OWN}\n\n{title}\n\nHello there") == OWN


@pytest.mark.parametrize("text", OWN_WORDS)
def test_words_that_only_look_like_old_mail_are_kept(text: str) -> None:
    kept = reply.from_text(text) or text

    assert words(kept) == words(text)


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_at_the_end_is_taken_off(signature: str) -> None:
    assert reply.from_text("Works now." + signature) == "Works now."


@pytest.mark.parametrize("text", ["Thanks!", "Sent from my iPhone", "--\nAnn"])
def test_a_letter_that_is_all_signature_is_kept(text: str) -> None:
    assert reply.from_text(text) == text


def test_a_postscript_keeps_the_signature_above_it() -> None:
    text = "Works now.\n\nThanks,\nAnn\n\nPS: please send the invoice, too."

    assert reply.from_text(text) == text


@pytest.mark.parametrize("title", FORWARDS)
def test_a_mail_passed_on_is_kept_whole(title: str) -> None:
    text = f"Can you check this?\n\n{title}\nFrom: Shop <shop@x.example>\nDate: 5 Mar 2024\nSubject: Invoice\n\nYour invoice."

    assert reply.from_text(text) == text


@pytest.mark.parametrize(
    "old",
    [
        "-----Bob <b@x.example> schrieb: -----\nAn: ann@x.example\nVon: Bob\n\nOld",
        "--------------------------\nOn Tue, 3/5/24, Bob <b@x.example> wrote:\n\n Old",
        "From: A <a@x.example>\nSent: Monday, March 4, 2024\nTo: B <b@x.example>;\n C <c@x.example>\nSubject: RE: x\n\nOld",
        "On 5 Mar 2024, at 10:22, Bob <b@x.example<mailto:b@x.example>> wrote:\n\nOld",
        "-- \nAnn\n\nOn 5 Mar 2024, at 10:22, Bob <b@x.example> wrote:\n\n> Old",
        "On 5 Mar 2024, at 10:22, Bob <b@x.example> wrote:\n\n> Old\n\n-- \nAnn",
        "Sent from my iPhone\n\n> On 5 Mar 2024, at 10:22, Bob <b@x.example> wrote:\n> Old",
        "Bob wrote:\n> Old",
        "> ##- Please type your reply above this line -##\n> Old",
    ],
)
def test_what_stands_below_the_answer_is_cut_in_every_form(old: str) -> None:
    assert reply.from_text(f"{OWN}\n\n{old}") == OWN


def test_an_answer_below_and_above_a_quote_is_kept_whole() -> None:
    text = f"See below.\n\n{INTROS['en1']}\n> Old\n\nAnd what about the price?"

    assert words(reply.from_text(text)) == words("See below. And what about the price?")


def test_an_outlook_forward_is_known_by_its_subject() -> None:
    text = f"Can you check this?\n\n{HEADER_BLOCKS['en']}\n\nYour invoice."

    assert reply.is_forward("WG: Rechnung")
    assert reply.from_text(text, is_forward=True) == text


def test_answers_between_quotes_keep_the_questions() -> None:
    text = f"{INTROS['en1']}\n> Which size?\n\nForty-two.\n\n> Which color?\n\nBlue."

    assert reply.from_text(text + "\n\n> Regards\n") == text


def test_the_end_of_the_senders_own_line_may_hold_the_introduction() -> None:
    text = "Fine with me. On Tue, 5 Mar 2024 at 10:22, Bob wrote:\n> Tomorrow?"

    assert reply.from_text(text) == "Fine with me."


MARKED = {
    "gmail": '<div>{own}</div><div class="gmail_quote">On Monday Ann wrote:<blockquote>Old</blockquote></div>',
    "gmail 2024": '<div>{own}</div><br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">x</div>Old</div>',
    "outlook web": '<div>{own}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ann</div><div>Old</div>',
    "outlook desktop": '<p>{own}</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b> Ann</p></div></div><p>Old</p>',
    "outlook copied": '<div>{own}</div><div id="x_divRplyFwdMsg">From: Ann</div><p>Old</p>',
    "apple": '{own}<div><blockquote type="cite">On 1 May 2024, at 10:00, Ann wrote:<br>Old</blockquote></div>',
    "thunderbird": '<p>{own}</p><div class="moz-cite-prefix">Am 1.5.24 schrieb Ann:</div><blockquote type="cite">Old</blockquote>',
    "yahoo": '<div>{own}</div><div id="ydp1yahoo_quoted_99" class="ydp1yahoo_quoted"><div>On Monday</div>Old</div>',
    "proton": '<div>{own}</div><div class="protonmail_quote">On Monday<blockquote>Old</blockquote></div>',
    "gmx": '<div>{own}</div><div name="quote" style="margin:10px"><div>Gesendet: Montag</div>Old</div>',
    "mac outlook": '<div>{own}</div><span id="OLK_SRC_BODY_SECTION">Old</span>',
    "rule": "<div>{own}<hr>From: Ann &lt;a@x.example&gt;<br>Date: 1 May 2024 10:00<br>To: b@x.example<br>Subject: x<br><br>Old</div>",
}


@pytest.mark.parametrize("html", MARKED.values(), ids=MARKED)
def test_the_marks_of_mail_programs_are_known(html: str) -> None:
    lines = html_lines.read(html.format(own=OWN))

    assert reply.from_html(lines) == OWN


def test_a_blockquote_of_ones_own_is_kept() -> None:
    html = (
        "<p>My favorite line:</p><blockquote>To be or not</blockquote><p>Like it?</p>"
    )

    kept = reply.from_html(html_lines.read(html))

    assert "To be or not" in kept
    assert "Like it?" in kept
