// A peer of the log's trees and notes: the packages behind Go's checksum database. One question a line, one answer a line.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var encoding = base64.StdEncoding

// A witness of C2SP tlog-cosignature, type 4, which the package does not know.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(message, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	said := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), message)
	return ed25519.Verify(w.key, []byte(said), signature[8:])
}

func witnessOf(vkey string) witness {
	parts := strings.SplitN(vkey, "+", 3)
	key, _ := encoding.DecodeString(parts[2])
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	return witness{parts[0], binary.BigEndian.Uint32(id[:]), ed25519.PublicKey(key[1:])}
}

func open(keys note.Verifiers, encoded string, signatures int) string {
	text, err := encoding.DecodeString(encoded)
	if err != nil {
		return "bad base64"
	}
	opened, err := note.Open(text, keys)
	if err != nil {
		return "bad " + err.Error()
	}
	if len(opened.Sigs) != signatures || len(opened.UnverifiedSigs) != 0 {
		return "bad number of signatures"
	}
	return "ok"
}

func hashes(text string) (found []tlog.Hash) {
	if text == "-" {
		return nil
	}
	for _, one := range strings.Split(text, ",") {
		hash, err := tlog.ParseHash(one)
		if err != nil {
			panic(err)
		}
		found = append(found, hash)
	}
	return found
}

func joined(all []tlog.Hash) string {
	if len(all) == 0 {
		return "-"
	}
	var texts []string
	for _, one := range all {
		texts = append(texts, one.String())
	}
	return strings.Join(texts, ",")
}

func word(err error) string {
	if err != nil {
		return "bad"
	}
	return "ok"
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(at))
		for i, one := range at {
			found[i] = stored[one]
		}
		return found, nil
	})
	number := func(text string) int64 {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			panic(err)
		}
		return n
	}
	for in.Scan() {
		asked := strings.Split(in.Text(), " ")
		switch asked[0] {
		case "note": // a log's key, a note
			key, err := note.NewVerifier(asked[1])
			if err != nil {
				fmt.Fprintln(out, "bad key", err)
				continue
			}
			fmt.Fprintln(out, open(note.VerifierList(key), asked[2], 1))
		case "cosigned": // a log's key, a witness's, a note with both signatures
			key, err := note.NewVerifier(asked[1])
			if err != nil {
				fmt.Fprintln(out, "bad key", err)
				continue
			}
			fmt.Fprintln(out, open(note.VerifierList(key, witnessOf(asked[2])), asked[3], 2))
		case "sign": // an origin, a size, a root
			secret, public, err := note.GenerateKey(rand.Reader, asked[1])
			if err != nil {
				panic(err)
			}
			signer, err := note.NewSigner(secret)
			if err != nil {
				panic(err)
			}
			text, err := note.Sign(&note.Note{Text: strings.Join(asked[1:], "\n") + "\n"}, signer)
			if err != nil {
				panic(err)
			}
			fmt.Fprintln(out, public, encoding.EncodeToString(text))
		case "list": // a name, a number of leaves
			stored = nil
			for i := int64(0); i < number(asked[2]); i++ {
				more, err := tlog.StoredHashes(i, []byte(fmt.Sprintf("leaf %s %d", asked[1], i)), reader)
				if err != nil {
					panic(err)
				}
				stored = append(stored, more...)
			}
			fmt.Fprintln(out, "ok")
		case "tree": // a size, its root, a leaf, an older size, that one's root, our proofs of both
			size, leaf, older := number(asked[1]), number(asked[3]), number(asked[4])
			root, err := tlog.TreeHash(size, reader)
			if err != nil {
				panic(err)
			}
			ours, olderRoot := hashes(asked[2])[0], hashes(asked[5])[0]
			leaves, err := reader([]int64{tlog.StoredHashIndex(0, leaf), tlog.StoredHashIndex(0, size-1-leaf)})
			if err != nil {
				panic(err)
			}
			included := tlog.CheckRecord(hashes(asked[6]), size, ours, leaf, leaves[0])
			grown := tlog.CheckTree(hashes(asked[7]), size, ours, older, olderRoot)
			record, err := tlog.ProveRecord(size, size-1-leaf, reader)
			if err != nil {
				panic(err)
			}
			tree, err := tlog.ProveTree(size, older, reader)
			if err != nil {
				panic(err)
			}
			fmt.Fprintln(out, root, word(included), word(grown), joined(record), joined(tree))
		default:
			panic("unknown question")
		}
	}
}
