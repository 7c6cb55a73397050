# A second reader of *.eliglog, from docs/formats/eliglog.md alone. Rotation, tokens and brackets are left out.
import base64, hashlib, re, struct, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

H = lambda b: hashlib.sha256(b).digest()
class Bad(Exception): pass
def need(ok, why):
    if not ok: raise Bad(why)
def b64(s):                                    # canonical base64 only
    try: b = base64.b64decode(s, validate=True)
    except Exception: raise Bad('base64')
    need(base64.b64encode(b).decode() == s, 'base64 not canonical'); return b
def num(s):
    need(re.fullmatch('0|[1-9][0-9]{0,17}', s), 'number'); return int(s)
def vkey(s, typ):
    p = s.split('+', 2); need(len(p) == 3 and p[0], 'vkey'); k = b64(p[2])
    need(len(k) == 33 and k[0] == typ, 'vkey type')
    need(H(p[0].encode() + b'\n' + k)[:4].hex() == p[1], 'vkey id')
    return p[0], p[1], Ed25519PublicKey.from_public_bytes(k[1:])
def push(rng, leaf):                           # compact range: [(size, hash)]
    rng.append((1, H(b'\0' + leaf)))
    while len(rng) > 1 and rng[-2][0] == rng[-1][0]:
        (n, l), (_, r) = rng[-2:]; rng[-2:] = [(2 * n, H(b'\1' + l + r))]
def root(rng):
    if not rng: return H(b'')
    h = rng[-1][1]
    for _, l in reversed(rng[:-1]): h = H(b'\1' + l + h)
    return h
def note_sigs(sig_lines):
    for s in sig_lines:
        need(s.startswith('\u2014 ') and s.count(' ') == 2, 'signature line')
        _, name, sig = s.split(' '); sig = b64(sig); need(len(sig) > 4, 'signature')
        yield name, sig[:4].hex(), sig[4:]
def check(key, sig, msg):
    try: key.verify(sig, msg)
    except Exception: raise Bad('signature does not verify')
LEAF = re.compile('L1( [!-~]+){10}')
def verify(data, pinned_log, pinned_witnesses=()):
    need(data.endswith(b'\n'), 'no final newline')
    cut = data.rfind(b'\n', 0, -1) + 1
    need(data[cut:] == b'end ' + hashlib.sha256(data[:cut]).hexdigest().encode() + b'\n', 'trailer')
    try: lines = data[:cut].decode('utf-8').split('\n')[:-1]
    except UnicodeDecodeError: raise Bad('not UTF-8')
    it = iter(lines); nxt = lambda: next(it, None)
    def tag(t):
        l = nxt(); need(l is not None and l.startswith(t + ' '), t); return l[len(t) + 1:]
    need(nxt() == 'horisont-eliglog 1', 'format'); origin = tag('origin')
    log_v = tag('log'); need(log_v == pinned_log, 'log key is not the pinned one')
    name, kid, key = vkey(log_v, 1); need(name == origin, 'key name is not the origin')
    wit = {}
    l = nxt()
    while l is not None and l.startswith('witness '):
        need(l[8:] in pinned_witnesses, 'witness key is not a pinned one')
        n, i, k = vkey(l[8:], 4); need((n, i) not in wit, 'witness twice')
        wit[n, i] = k; l = nxt()
    need(l is not None and l.startswith('entries '), 'entries'); entries = num(l[8:])
    points = num(tag('checkpoints')); need(nxt() == '', 'blank line')
    rng, n, seen, last_t, last_size, anchors = [], 0, 0, '', 0, []
    for l in it:
        if l.startswith('L1 '):
            need(LEAF.fullmatch(l) and len(l) <= 4096, 'leaf form'); f = l.split(' ')
            need(num(f[1]) == n, 'sequence'); need(f[2] >= last_t, 'time runs backwards')
            need(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', f[2]), 'time form')
            last_t = f[2]; push(rng, l.encode()); n += 1
        elif l.startswith('checkpoint '):
            k = num(l[11:]); note = [nxt() for _ in range(k)]
            need(k >= 5 and None not in note and note[3] == '', 'checkpoint form')
            body = '\n'.join(note[:3]) + '\n'
            need(note[0] == origin, 'origin'); need(num(note[1]) == n > last_size, 'checkpoint size')
            need(b64(note[2]) == root(rng), 'root of size %d differs' % n)
            signed = []
            need(note[5:] == sorted(note[5:]), 'cosignatures not in order')
            for nm, i, sig in note_sigs(note[4:]):
                need((nm, i) not in signed, 'signed twice'); signed.append((nm, i))
                if (nm, i) == (name, kid): check(key, sig, body.encode())
                elif (nm, i) in wit:
                    need(len(sig) == 72, 'cosignature length'); ts = struct.unpack('>Q', sig[:8])[0]
                    check(wit[nm, i], sig[8:], ('cosignature/v1\ntime %d\n' % ts + body).encode())
                    anchors.append((n, ts))
                else: raise Bad('signature by an undeclared key')
            need(signed[0] == (name, kid), 'not signed by the log first'); seen += 1; last_size = n
        else: raise Bad('unknown line')
    need(n == entries and seen == points and last_size == n, 'counts')
    return n, seen, root(rng).hex(), anchors
if __name__ == '__main__':
    print(verify(open(sys.argv[1], 'rb').read(), sys.argv[2], sys.argv[3:]))
