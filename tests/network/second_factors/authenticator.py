"""An authenticator in software: what a key or a phone would answer, honest or not."""

from __future__ import annotations

import json
import os
import struct
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """One credential with its key, its count and its owner."""

    def __init__(self, origin="http://localhost:8000", counts=True):
        self.origin = origin
        self.credential_id = os.urandom(32)
        self.key = generate_private_key(SECP256R1())
        self.count = 1 if counts else 0
        self.counts = counts
        self.handle = None

    def make(self, options, *, origin=None, rp_id=None, challenge=None, flags=PRESENT | VERIFIED):
        """The answer to the options of a registration."""
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        cose = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, cose)
        data = self._data(rp_id or asked["rp"]["id"], flags | ATTESTED, credential)
        client = self._client("webauthn.create", challenge or asked["challenge"], origin)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            clientDataJSON=client, attestationObject=attestation, transports=["usb", "smoke"]
        )

    def sign(
        self,
        options,
        *,
        origin=None,
        rp_id=None,
        challenge=None,
        flags=PRESENT | VERIFIED,
        handle=None,
        kind="webauthn.get",
        cross_origin=False,
    ):
        """The answer to the options of an assertion."""
        asked = options["publicKey"]
        if self.counts:
            self.count += 1
        data = self._data(rp_id or asked["rpId"], flags)
        client = self._client(kind, challenge or asked["challenge"], origin, cross_origin)
        signature = self.key.sign(data + sha256(client).digest(), ECDSA(SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        named = self.handle if handle is None else handle
        return self._answer(**said, userHandle=named)

    def _data(self, rp_id, flags, credential=b""):
        head = sha256(rp_id.encode()).digest() + struct.pack(">BI", flags, self.count)
        return AuthenticatorData(head + credential)

    def _client(self, kind, challenge, origin, cross_origin=False):
        said = {"type": kind, "challenge": challenge, "origin": origin or self.origin}
        return json.dumps(said | {"crossOrigin": cross_origin}).encode()

    def _answer(self, transports=None, **parts):
        response = {name: websafe_encode(part) for name, part in parts.items() if part}
        if transports:
            response["transports"] = transports
        name = websafe_encode(self.credential_id)
        # As a browser gives it: through JSON.
        return json.loads(
            json.dumps(
                {
                    "id": name,
                    "rawId": name,
                    "type": "public-key",
                    "response": response,
                    "clientExtensionResults": {},
                }
            )
        )
