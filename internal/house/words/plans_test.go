package main

import (
	"go/ast"
	"path/filepath"
	"strings"
	"testing"
)

// unsaid tells what is wrong with a call that makes words, "" for nothing: a
// sentence has to stand there as it is, so that its translations are known to be
// needed, and a value is never a sentence.
func unsaid(call *ast.CallExpr) string {
	name := named(call.Fun)
	if len(call.Args) == 0 {
		return ""
	}
	text, whole := literal(call.Args[0])
	switch name {
	case "fault.Tell", "said":
		if id, ok := call.Args[0].(*ast.Ident); ok && id.Name == "format" {
			return "" // in said itself, which is looked at where it is called
		}
		if !whole {
			return name + " of a sentence that does not stand there"
		}
	case "fault.Value":
		if _, sum := call.Args[0].(*ast.BinaryExpr); whole && text != "" || sum {
			return "a text as a value, which would stay English"
		}
	}
	return ""
}

// TestPlansAreTold: whatever is shown before a payment is a sentence that is
// translated, or a value.
func TestPlansAreTold(t *testing.T) {
	told := 0
	for _, dir := range folders {
		err := walk(filepath.Join(root, dir), func(n ast.Node, where func() string) {
			switch n := n.(type) {
			case *ast.CallExpr:
				if name := named(n.Fun); name == "fault.Tell" || name == "said" && dir == "internal/app" {
					told++
				}
				if problem := unsaid(n); problem != "" && (dir == "internal/app" || named(n.Fun) != "said") {
					t.Errorf("%s: %s", where(), problem)
				}
			case *ast.CompositeLit:
				if strings.HasSuffix(named(n.Type), "PreviewLine") && len(n.Elts) > 0 {
					if _, ok := literal(n.Elts[0]); !ok {
						if _, keyed := n.Elts[0].(*ast.KeyValueExpr); !keyed {
							t.Errorf("%s: the name of a fact that does not stand there", where())
						}
					}
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if told < 60 {
		t.Errorf("only %d sentences of plans were found", told)
	}
}
