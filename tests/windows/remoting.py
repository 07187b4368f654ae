"""Plays the server side of PowerShell Remoting, as far as one script needs it: [MS-PSRP] in [MS-WSMV], in our own words.

It is made from the specifications, not from a recording: it shows that the client speaks to them, not to a Windows.
"""

import base64
import re
import struct
import uuid
from xml.sax.saxutils import escape

SESSION_CAPABILITY, RUNSPACEPOOL_STATE, PIPELINE_OUTPUT, PIPELINE_STATE = 0x00010002, 0x00021005, 0x00041004, 0x00041006
OPENED, COMPLETED, FAILED = 2, 4, 5
NOBODY = uuid.UUID(int=0)
_ENVELOPE = (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" '
    'xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer" '
    'xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell">'
    "<s:Header><a:Action>{action}Response</a:Action><a:RelatesTo>{message}</a:RelatesTo></s:Header><s:Body>{body}</s:Body></s:Envelope>"
)
_CAPABILITY = (
    '<Obj RefId="0"><MS><Version N="protocolversion">2.3</Version><Version N="PSVersion">2.0</Version>'
    '<Version N="SerializationVersion">1.1.0.1</Version></MS></Obj>'
)


def _text(pattern, envelope):
    found = re.search(pattern, envelope, re.DOTALL)
    return found[1] if found else ""


class Remoting:
    """One session. ``answer`` makes what the script writes from its mark; ``script`` is what was sent."""

    def __init__(self, answer, end=COMPLETED):
        self.answer, self.end = answer, end
        self.actions, self.script = [], b""
        self._pool, self._objects = NOBODY, 0

    def reply(self, envelope):
        """The answer to one request."""
        action = _text(r"<\w+:Action[^>]*>([^<]+)<", envelope).strip()
        self.actions.append(action.rpartition("/")[2])
        message = _text(r"<\w+:MessageID>([^<]+)<", envelope)
        body = getattr(self, f"_{self.actions[-1].lower()}")(envelope)
        return _ENVELOPE.format(action=action, body=body, message=message).encode()

    def _create(self, envelope):
        self._pool = uuid.UUID(_text(r'ShellId="([^"]+)"', envelope))
        selectors = f'<w:SelectorSet><w:Selector Name="ShellId">{self._pool}</w:Selector></w:SelectorSet>'
        return (
            f"<x:ResourceCreated><a:ReferenceParameters>{selectors}</a:ReferenceParameters></x:ResourceCreated>"
            f"<rsp:Shell><rsp:ShellId>{self._pool}</rsp:ShellId></rsp:Shell>"
        )

    def _command(self, envelope):
        self.script += self._payload(_text(r"Arguments>([^<]+)<", envelope))
        return f"<rsp:CommandResponse><rsp:CommandId>{_text(r'CommandId=.([^ >]+).[ >]', envelope)}</rsp:CommandId></rsp:CommandResponse>"

    def _send(self, envelope):
        self.script += self._payload(_text(r"Stream[^>]*>([^<]+)<", envelope))
        return "<rsp:SendResponse/>"

    def _receive(self, envelope):
        command = _text(r"DesiredStream[^>]*CommandId=.([^ >]+).[ >]", envelope)
        if not command:
            state = f'<Obj RefId="1"><MS><I32 N="RunspaceState">{OPENED}</I32></MS></Obj>'
            return self._stream(
                self._fragment(SESSION_CAPABILITY, NOBODY, _CAPABILITY),
                self._fragment(RUNSPACEPOOL_STATE, NOBODY, state),
            )
        mark = re.search(rb"\$mark = '(@[0-9a-f]{32})'", self.script)[1].decode()
        said = escape(self.answer(mark).decode("ascii")).replace("\r", "_x000D_").replace("\n", "_x000A_")
        end = f'<Obj RefId="0"><MS><I32 N="PipelineState">{self.end}</I32></MS></Obj>'
        pipeline = uuid.UUID(command)
        return self._stream(
            *self._pieces(PIPELINE_OUTPUT, pipeline, f"<S>{said}</S>"),
            self._fragment(PIPELINE_STATE, pipeline, end),
            at=command,
        )

    def _signal(self, _envelope):
        return "<rsp:SignalResponse/>"

    def _delete(self, _envelope):
        return ""

    def _stream(self, *fragments, at=""):
        attribute = f' CommandId="{at}"' if at else ""
        streams = "".join(
            f'<rsp:Stream Name="stdout"{attribute}>{base64.b64encode(fragment).decode()}</rsp:Stream>'
            for fragment in fragments
        )
        return f"<rsp:ReceiveResponse>{streams}</rsp:ReceiveResponse>"

    def _fragment(self, kind, pipeline, text):
        return b"".join(self._pieces(kind, pipeline, text))

    def _pieces(self, kind, pipeline, text, size=8000):
        """Section 2.2.1 (message) in section 2.2.4 (fragments)."""
        message = struct.pack("<II", 1, kind) + self._pool.bytes_le + pipeline.bytes_le + text.encode()
        self._objects += 1
        parts = [message[at : at + size] for at in range(0, len(message), size)]
        return [
            struct.pack(">QQBI", self._objects, number, (number == 0) | (number == len(parts) - 1) << 1, len(part))
            + part
            for number, part in enumerate(parts)
        ]

    @staticmethod
    def _payload(text):
        """The content of fragments, without their headers of 21 bytes."""
        data, found = base64.b64decode(text), b""
        while data:
            (length,) = struct.unpack_from(">I", data, 17)
            found, data = found + data[21 : 21 + length], data[21 + length :]
        return found
