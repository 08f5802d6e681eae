"""Signatures of packages: Ed25519 (RFC 8032) over the manifest, which holds the digest of every file.

`cryptography` is an extra: who neither signs nor checks signatures does not need it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from generator.diagnostics import Failure
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass
from generator.ooxml.package import read_bytes

ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed: the public key in base64, and the signature in base64."""

    key: str
    value: str

    @property
    def fingerprint(self) -> str:
        """What a notice prints of the key: SHA-256 of it, the first 16 digits."""
        return fingerprint(self.key)


def fingerprint(key: str) -> str:
    """The fingerprint of a public key in base64."""
    return hashlib.sha256(base64.b64decode(key)).hexdigest()[:16]


def _library() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise Failure([diagnostic("signature-needs-library")]) from None
    return ed25519


def new_key() -> tuple[bytes, bytes]:
    """A new private key and its public key, as PEM."""
    from cryptography.hazmat.primitives import serialization as pem

    key = _library().Ed25519PrivateKey.generate()
    private = key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
    return private, key.public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)


def sign(content: bytes, key_file: str) -> bytes:
    """The signature file of a manifest.

    Args:
        content: the manifest.
        key_file: the private key, PEM.

    Raises:
        Failure: the file is no Ed25519 private key, or `cryptography` is not installed.
    """
    library = _library()
    key = _read_key(key_file, private=True)
    if not isinstance(key, library.Ed25519PrivateKey):
        raise Failure([diagnostic("signature-bad-key", name=key_file)])
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    value = base64.b64encode(key.sign(content)).decode()
    told = {"algorithm": ALGORITHM, "key": public, "signature": value}
    return (json.dumps(told, indent=2, sort_keys=True) + "\n").encode()


def read_signature(content: bytes) -> Signature | None:
    """A signature file; None where it is none."""
    try:
        said = json.loads(content)
        if said["algorithm"] != ALGORITHM:
            return None
        key, value = said["key"], said["signature"]
        if len(base64.b64decode(key, validate=True)) != 32 or len(base64.b64decode(value, validate=True)) != 64:
            return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Signature(key, value)


def signature_holds(signature: Signature, content: bytes) -> bool:
    """Whether the signature was made for the content by the key that it names.

    Raises:
        Failure: `cryptography` is not installed.
    """
    library = _library()
    from cryptography.exceptions import InvalidSignature

    try:
        key = library.Ed25519PublicKey.from_public_bytes(base64.b64decode(signature.key))
        key.verify(base64.b64decode(signature.value), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(key_file: str) -> str:
    """The public key of a file in base64; of a private key, the public key that belongs to it.

    Raises:
        Failure: the file is no Ed25519 key, or `cryptography` is not installed.
    """
    library = _library()
    key = _read_key(key_file, private=False)
    if isinstance(key, library.Ed25519PrivateKey):
        key = key.public_key()
    if not isinstance(key, library.Ed25519PublicKey):
        raise Failure([diagnostic("signature-bad-key", name=key_file)])
    return base64.b64encode(key.public_bytes_raw()).decode()


def _read_key(key_file: str, private: bool) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization as pem

    content = read_bytes(key_file)[1]
    try:
        if private or b"PRIVATE KEY" in content:
            return pem.load_pem_private_key(content, None)
        return pem.load_pem_public_key(content)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Failure([diagnostic("signature-bad-key", name=key_file)]) from None
