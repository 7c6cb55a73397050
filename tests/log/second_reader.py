"""A second reader of *.eliglog, written from docs/formats/eliglog.md alone.

Standard input holds logs, each after its length in bytes (decimal, newline). For each log one line is printed: `agrees`, entries,
checkpoints and root, or `refused` and why. The arguments are the vkeys that the reader trusts: with a key of type 1 among them the log
must be among the header's, and only the cosignatures of trusted witnesses bound the times. An argument that ends in .pem is a file with
the certificates of time-stamp authorities that the reader trusts.
"""
import base64
import binascii
import calendar
import datetime
import hashlib
import re
import sys

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG, WITNESS = 1, 4
ROLES = {"caseworker", "approver", "auditor", "reader", "administrator", "system"}
FIELDS = [
    ("kind", "[a-z][a-z-]{2,30}"),
    ("actor", "[0-9a-f]{16}|system"),
    ("role", "|".join(sorted(ROLES))),
    ("organisation", "[a-z0-9-]{1,64}"),
    ("subject", "[0-9a-f]{32}|-"),
    ("outcome", "[a-z][a-z-]{1,30}|-"),
]
TIME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{3})Z")
SLACK = 300_000  # milliseconds


class Refused(Exception):
    pass


def need(true, why):
    if not true:
        raise Refused(why)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def number(text):
    need(re.fullmatch("0|[1-9][0-9]{0,17}", text), "a number has another form")
    return int(text)


def from_base64(text):
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("not base64") from None
    need(base64.b64encode(decoded).decode() == text, "base64 is not canonical")
    return decoded


class Key:
    """A vkey of the header."""

    def __init__(self, text, kind):
        parts = text.split("+", 2)
        need(len(parts) == 3 and parts[0], "a key has another form")
        self.name, self.id, encoded = parts
        raw = from_base64(encoded)
        need(len(raw) == 33 and raw[0] == kind, "a key of another type")
        need(sha256(self.name.encode(), b"\n", raw)[:4].hex() == self.id, "a key's id is not its own")
        self.text = text
        self.public = raw[1:]

    def check(self, signature, message):
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Refused("a signature does not verify") from None


def pairs(text, value_form):
    if text == "-":
        return {}
    found = [part.partition("=") for part in text.split(",")]
    keys = [key for key, _, _ in found]
    need(keys == sorted(set(keys)), "names are not in ascending order")
    for key, sign, value in found:
        need(sign and re.fullmatch("[a-z][a-z0-9-]{0,30}", key) and re.fullmatch(value_form, value), "a pair has another form")
    return {key: value for key, _, value in found}


def milliseconds(text):
    parts = TIME.fullmatch(text)
    need(parts, "a time has another form")
    *whole, thousandths = map(int, parts.groups())
    try:
        return calendar.timegm(datetime.datetime(*whole).timetuple()) * 1000 + thousandths
    except ValueError:
        raise Refused("a time that no calendar has") from None


# DER: tag and contents of each element, and all its bytes.
def elements(data):
    found, at = [], 0
    while at < len(data):
        tag, length, body = data[at], data[at + 1], at + 2
        if length & 0x80:
            body += length & 0x7F
            length = int.from_bytes(data[at + 2 : body], "big")
        need(body + length <= len(data), "a token of another form")
        found.append((tag, data[body : body + length], data[at : body + length]))
        at = body + length
    return found


def inside(element, tag):
    need(element[0] == tag, "a token of another form")
    return elements(element[1])


SHA256 = bytes.fromhex("608648016503040201")
HASHES = {SHA256: hashes.SHA256, bytes.fromhex("608648016503040202"): hashes.SHA384, bytes.fromhex("608648016503040203"): hashes.SHA512}
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
SIGNING_CERTIFICATE_2 = bytes.fromhex("2a864886f70d010910022f")


def digest(algorithm, data):
    hashing = hashes.Hash(algorithm())
    hashing.update(data)
    return hashing.finalize()


class Token:
    """A TimeStampToken: what it stamps, when it says so, and what stands behind it."""

    def __init__(self, der):
        try:
            (whole,) = elements(der)
            kind, content = inside(whole, 0x30)
            need(kind[1] == SIGNED_DATA, "no signed data")
            (signed,) = inside(content, 0xA0)
            _, _, encapsulated, *rest = inside(signed, 0x30)
            kind, content = inside(encapsulated, 0x30)
            need(kind[1] == TST_INFO, "no time stamp")
            ((tag, self.info, _),) = inside(content, 0xA0)
            need(tag == 0x04, "a token of another form")
            (info,) = elements(self.info)
            _, _, imprint, _, time, *_ = inside(info, 0x30)
            algorithm, hashed = inside(imprint, 0x30)
            need(inside(algorithm, 0x30)[0][1] == SHA256 and len(hashed[1]) == 32, "another imprint than SHA-256")
            self.imprint = hashed[1]
            parts = re.fullmatch(rb"([0-9]{14})(\.[0-9]+)?Z", time[1])
            need(time[0] == 0x18 and parts, "a time of another form")
            self.time = calendar.timegm(datetime.datetime.strptime(parts[1].decode(), "%Y%m%d%H%M%S").timetuple())
            self.certificates = [whole for tag, body, _ in rest if tag == 0xA0 for _, _, whole in elements(body)]
            self.signers = elements(rest[-1][1])
        except (IndexError, ValueError, TypeError):
            raise Refused("a token of another form") from None

    def by_one_of(self, authorities):
        """Whether it is signed by a certificate below one of these, all valid at its time."""
        try:
            (signer,) = self.signers
            _, _, algorithm, attributes, method, signature, *_ = inside(signer, 0x30)
            hashing = HASHES[inside(algorithm, 0x30)[0][1]]
            said = {kind[1]: values[1] for kind, values in (inside(one, 0x30) for one in elements(attributes[1]))}
            if elements(said[MESSAGE_DIGEST])[0][1] != digest(hashing, self.info):
                return False
            named = said.get(SIGNING_CERTIFICATE_2) or said[SIGNING_CERTIFICATE]
            signed = b"\x31" + attributes[2][1:]
            for der in self.certificates:
                if digest(hashes.SHA256, der) not in named and digest(hashes.SHA1, der) not in named:
                    continue
                certificate = x509.load_der_x509_certificate(der)
                usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
                if not usage.critical or list(usage.value) != [x509.ExtendedKeyUsageOID.TIME_STAMPING]:
                    continue
                verifies(certificate.public_key(), signature[1], signed, hashing())
                return any(self.valid(certificate) and self.valid(root) and issued(root, certificate) for root in authorities)
        except (Refused, IndexError, KeyError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            pass
        return False

    def valid(self, certificate):
        now = datetime.datetime.utcfromtimestamp(self.time)
        return certificate.not_valid_before <= now < certificate.not_valid_after


def verifies(key, signature, message, hashing):
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, message, padding.PKCS1v15(), hashing)
    else:
        key.verify(signature, message, ec.ECDSA(hashing))


def issued(root, certificate):
    try:
        verifies(root.public_key(), certificate.signature, certificate.tbs_certificate_bytes, certificate.signature_hash_algorithm)
    except InvalidSignature:
        return False
    return root.subject == certificate.issuer


class Tree:
    """RFC 6962: the roots of full subtrees, largest first."""

    def __init__(self):
        self.parts = []

    def push(self, leaf):
        size, top = 1, sha256(b"\0", leaf)
        while self.parts and self.parts[-1][0] == size:
            _, left = self.parts.pop()
            size, top = 2 * size, sha256(b"\1", left, top)
        self.parts.append((size, top))

    def root(self):
        top = self.parts[-1][1]
        for _, left in reversed(self.parts[:-1]):
            top = sha256(b"\1", left, top)
        return top


class Reader:
    def __init__(self, data, trusted, authorities=()):
        self.trusted, self.authorities = trusted, authorities
        need(data.endswith(b"\n"), "the last line has no end")
        body_end = data.rfind(b"\n", 0, len(data) - 1) + 1
        need(data[body_end:] == b"end %s\n" % hashlib.sha256(data[:body_end]).hexdigest().encode(), "the trailer differs")
        try:
            text = data[:body_end].decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("not UTF-8") from None
        need("\r" not in text, "a carriage return")
        self.lines = text.split("\n")[:-1]
        self.at = 0
        self.tree = Tree()
        self.times, self.kinds = [], []
        self.key = 0  # the log key in force
        self.rotated = False  # since the last checkpoint
        self.last_size = self.checkpoints = 0
        self.anchors = set()  # digests of all cosignature lines and tokens
        self.outside = {}  # digest of a cosignature line or token: milliseconds
        self.tokens = set()  # digests that no entry has named yet
        self.not_before = None  # milliseconds: from here on no entry is earlier

    def next(self):
        need(self.at < len(self.lines), "the log ends too early")
        self.at += 1
        return self.lines[self.at - 1]

    def tagged(self, tag):
        line = self.next()
        need(line.startswith(tag + " "), "no line " + tag)
        return line[len(tag) + 1 :]

    def several(self, tag, kind):
        found = []
        while self.at < len(self.lines) and self.lines[self.at].startswith(tag + " "):
            found.append(self.tagged(tag))
        need(len(found) == len(set(found)), "a key twice")
        return [Key(text, kind) for text in found]

    def read(self):
        need(self.next() == "horisont-eliglog 1", "another format")
        self.origin = self.tagged("origin")
        self.keys = self.several("log", LOG)
        need(self.keys and all(key.name == self.origin for key in self.keys), "the log's keys are not named after its origin")
        trusted_logs = [text for text in self.trusted if from_base64(text.split("+", 2)[2])[0] == LOG]
        need(not trusted_logs or any(key.text in trusted_logs for key in self.keys), "no key that is trusted")
        self.witnesses = {(key.name, key.id): key for key in self.several("witness", WITNESS)}
        entries, checkpoints = number(self.tagged("entries")), number(self.tagged("checkpoints"))
        need(self.next() == "", "no empty line after the header")
        last_token = None
        while self.at < len(self.lines):
            line = self.next()
            if line.startswith("L1 "):
                self.leaf(line)
                last_token = None
            elif line.startswith("checkpoint "):
                self.checkpoint(number(line[11:]))
                last_token = ""
            elif line.startswith("token rfc3161 ") and last_token is not None:
                need(line > last_token, "tokens are not in order")
                last_token = line
                self.token(from_base64(line[14:]))
            else:
                raise Refused("a line of no kind")
        size = len(self.times)
        need((size, self.checkpoints, self.last_size) == (entries, checkpoints, size) and size > 0, "the counts differ")
        need(not self.tokens, "a token that no entry names")
        need(self.key == len(self.keys) - 1, "a key that was never rotated in")
        return size, self.checkpoints, self.tree.root().hex()

    def leaf(self, line):
        need(line.isascii() and line.isprintable() and 60 <= len(line) <= 4096, "a leaf of another form")
        fields = line.split(" ")
        need(len(fields) == 11, "a leaf has 11 fields")
        seq, time = number(fields[1]), milliseconds(fields[2])
        need(seq == len(self.times), "a number is left out or comes twice")
        need(not self.times or time >= self.times[-1], "time runs backwards")
        need(self.not_before is None or time >= self.not_before, "earlier than a witness saw")
        for (name, form), value in zip(FIELDS, fields[3:9]):
            need(re.fullmatch(form, value), name + " has another form")
        refs = pairs(fields[9], "[A-Za-z0-9._:/@-]{1,128}")
        pairs(fields[10], "[0-9a-f]{64}")
        kind = fields[3]
        need((kind == "log-opened") == (seq == 0), "the log opens once, with its first entry")
        if seq == 0:
            need(refs.get("key") == self.keys[0].id, "opened with another key")
        earlier = ["asof"] + ["corrects"] * (kind == "correction") + ["of"] * (kind == "override")
        for name in earlier:
            if name in refs:
                need(number(refs[name]) < seq, name + " is no earlier entry")
        if kind == "override" and "of" in refs:
            need(self.kinds[int(refs["of"])] in ("decision", "override"), "an override of no decision")
        if kind == "key-rotated":
            self.key += 1
            need(not self.rotated and self.key < len(self.keys), "a rotation to a key that is not there")
            need((refs.get("key"), refs.get("pub")) == (self.keys[self.key].id, self.keys[self.key].public.hex()), "another key")
            self.rotated = True
        if kind == "anchor":
            need(refs.get("digest") in self.anchors, "an anchor that is left out")
            self.tokens.discard(refs.get("digest"))
            if refs.get("digest") in self.outside:
                self.not_before = max(self.not_before or 0, self.outside[refs["digest"]] - SLACK)
        self.times.append(time)
        self.kinds.append(kind)
        self.tree.push(line.encode())

    def token(self, der):
        token = Token(der)
        need(token.imprint == self.stampable, "a time stamp of something else")
        self.tokens.add(sha256(der).hex())
        self.anchors.add(sha256(der).hex())
        if token.by_one_of(self.authorities):
            need(self.times[-1] <= token.time * 1000 + SLACK, "an entry claims to be later than its time stamp")
            self.outside[sha256(der).hex()] = token.time * 1000

    def checkpoint(self, count):
        need(5 <= count <= 68, "a note of so many lines")
        note = [self.next() for _ in range(count)]
        need(note[0] == self.origin and note[3] == "", "a note of another form")
        size = number(note[1])
        need(size == len(self.times) and size > self.last_size, "a checkpoint at another place")
        need(from_base64(note[2]) == self.tree.root(), "the root of size %d differs" % size)
        self.stampable = sha256("".join(line + "\n" for line in note[:3]).encode())
        text = "".join(line + "\n" for line in note[:3]).encode()
        log_keys = self.keys[self.key - self.rotated : self.key + 1]
        need(len(note) >= 4 + len(log_keys), "a signature of the log is missing")
        signers = []
        for place, line in enumerate(note[4:]):
            parts = line.split(" ")
            need(len(parts) == 3 and parts[0] == "\u2014", "a signature line of another form")
            signature = from_base64(parts[2])
            need(len(signature) > 4, "a signature without bytes")
            signer = parts[1], signature[:4].hex()
            need(signer not in signers, "a signer twice")
            signers.append(signer)
            if place < len(log_keys):
                key = log_keys[place]
                need(signer == (key.name, key.id), "not signed by the log's key")
                key.check(signature[4:], text)
            else:
                need(signer in self.witnesses and len(signature) == 76, "signed by no witness of the header")
                seconds = int.from_bytes(signature[4:12], "big")
                self.witnesses[signer].check(signature[12:], b"cosignature/v1\ntime %d\n" % seconds + text)
                self.anchors.add(sha256(line.encode()).hex())
                if self.witnesses[signer].text not in self.trusted:
                    continue
                need(self.times[-1] <= seconds * 1000 + SLACK, "an entry claims to be later than its witness")
                self.outside[sha256(line.encode()).hex()] = seconds * 1000
        cosignatures = [line.encode() for line in note[4 + len(log_keys) :]]
        need(cosignatures == sorted(cosignatures), "cosignatures are not in order")
        self.last_size, self.rotated = size, False
        self.checkpoints += 1


def main():
    authorities = []
    for name in sys.argv[1:]:
        if name.endswith(".pem"):
            with open(name, "rb") as file:
                for one in re.findall(rb"-----BEGIN.*?-----END CERTIFICATE-----\n", file.read(), re.S):
                    authorities.append(x509.load_pem_x509_certificate(one))
    trusted = [name for name in sys.argv[1:] if not name.endswith(".pem")]
    while length := sys.stdin.buffer.readline():
        data = sys.stdin.buffer.read(int(length))
        try:
            print("agrees", *Reader(data, trusted, authorities).read())
        except Refused as why:
            print("refused", why)


if __name__ == "__main__":
    main()
