package stratos

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A number of any unit is exactly the number of wei that arithmetic makes of
// it, and amounts add up and subtract as integers do.
func TestAmountsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{Wei, Gwei, STOS}).Draw(t, "unit")
		text := rapid.StringMatching(`[0-9]{1,30}`).Draw(t, "whole")
		if places := decimals[unit]; places > 0 && rapid.Bool().Draw(t, "fraction") {
			text += "." + rapid.StringMatching(`[0-9]{1,18}`).Draw(t, "decimals")[:1]
			text += strings.Repeat(rapid.StringMatching(`[0-9]`).Draw(t, "digit"), rapid.IntRange(0, places-1).Draw(t, "more"))
		}
		a, err := ParseDecimal(text, unit)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := new(big.Rat).SetString(text)
		want.Mul(want, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals[unit])), nil)))
		if !want.IsInt() || want.Num().Cmp(a.Wei()) != 0 {
			t.Fatalf("%s%s is %s wei, want %s", text, unit, a, want)
		}
		b := WeiAmount(rapid.Uint64().Draw(t, "other"))
		sum := a.Add(b)
		if back, ok := sum.Sub(b); !ok || back.Cmp(a) != 0 || new(big.Int).Add(a.Wei(), b.Wei()).Cmp(sum.Wei()) != 0 {
			t.Fatalf("%s + %s = %s", a, b, sum)
		}
	})
}

// ratios are the files whose numbers are parts of a whole, for people to see:
// percentages of votes, of uptime, of a year's earnings, the health of a node.
var ratios = map[string]bool{
	"gov/gov.go": true, "gov/rules.go": true, "stake/earnings.go": true, "stake/validator.go": true, "network/figures.go": true,
}

// Money is never in a floating-point number.
func TestNoFloatHoldsMoney(t *testing.T) {
	files := 0
	for _, root := range []string{".", "../../wallet"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if entry.IsDir() && entry.Name() == "types" {
				return fs.SkipDir // generated, and not the wallet's
			}
			name, _ := filepath.Rel(root, path)
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || ratios[filepath.ToSlash(name)] {
				return err
			}
			files++
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && (strings.HasPrefix(id.Name, "float") || strings.HasSuffix(id.Name, "Float") || id.Name == "Float64") {
					t.Errorf("%s uses %s", path, id.Name)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 50 {
		t.Errorf("only %d files were read", files)
	}
}
