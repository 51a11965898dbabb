"""What visitors and agents do, in the words of the screens they see."""

import re
import smtplib
import uuid
from email import message_from_binary_file, policy
from email.message import EmailMessage

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from tests.journeys.conftest import PATIENCE, Desk

PASSWORD = "omnidesk-demo"
expect.set_options(timeout=PATIENCE)


class Visitor:
    """Somebody on the shop's page, who may be signed in there."""

    def __init__(self, context: BrowserContext, desk: Desk, *, signed_in: bool) -> None:
        self.page = context.new_page()
        self.page.goto(f"{desk.url}/try/{'?as=ana' if signed_in else ''}")
        self.open_chat()

    @property
    def chat(self) -> FrameLocator:
        """Return the chat's window."""
        return self.page.frame_locator("iframe")

    @property
    def log(self) -> Locator:
        """Return what was said."""
        return self.chat.get_by_role("log")

    def open_chat(self) -> None:
        """Press the button in the corner."""
        self.page.get_by_role("button", name=re.compile("chat", re.IGNORECASE)).click()

    def say(self, text: str) -> None:
        """Write a message and wait until it was taken."""
        self.chat.get_by_label("Message", exact=True).fill(text)
        self.chat.get_by_role("button", name="Send", exact=True).click()
        expect(self.log).to_contain_text(text)


class Agent:
    """Somebody at the desk."""

    def __init__(
        self, context: BrowserContext, desk: Desk, name: str, *, url: str = ""
    ) -> None:
        self.url = url or desk.url
        self.page: Page = context.new_page()
        self.page.goto(f"{self.url}/console/")
        self.page.locator("input[name=login]").fill(f"{name}@acme.example")
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url("**/console/**")

    @property
    def rows(self) -> Locator:
        """Return the list of conversations."""
        return self.page.locator("#rows")

    @property
    def thread(self) -> Locator:
        """Return the open conversation's messages."""
        return self.page.locator("#thread")

    def show(self, view: str) -> None:
        """Choose a view by its name."""
        self.page.get_by_role("link", name=view).click()
        expect(self.page.get_by_role("heading", name=view)).to_be_visible()

    def open(self, words: str) -> None:
        """Open the conversation whose row shows the words."""
        self.rows.locator("li", has_text=words).locator("a").first.click()
        expect(self.thread).to_be_visible()

    def write(self, text: str) -> None:
        """Put an answer into the composer and send it."""
        self.page.locator("#composer-text").fill(text)
        self.page.locator("#composer-text").press("Control+Enter")


def send_mail(desk: Desk, text: str, *, subject: str, sender: str) -> EmailMessage:
    """Send a mail to the desk by SMTP and return it."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = "support@acme.example"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@example.com>"
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", desk.smtp_port, timeout=10) as client:
        client.send_message(mail)
    return mail


def mails_of(desk: Desk) -> list[EmailMessage]:
    """Return what the desk has sent by mail, oldest first."""
    found = []
    for path in sorted(
        desk.data.glob("mailbox/**/*"), key=lambda path: path.stat().st_mtime
    ):
        if path.is_file():
            with path.open("rb") as file:
                found.append(message_from_binary_file(file, policy=policy.default))
    return found
