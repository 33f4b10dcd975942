package language

import (
	"io"
	"log"
	"sync"

	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// sample is a character that every font for Chinese has.
const sample = '中'

// hasChinese tells whether a font of this computer has Chinese characters. It
// looks where the toolkit looks, once.
var hasChinese = sync.OnceValue(func() bool {
	fonts := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	if fonts.UseSystemFonts("") != nil {
		return false
	}
	fonts.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	fonts.SetScript(language.LookupScript(sample)) // or fonts that no name leads to are passed over
	face := fonts.ResolveFace(sample)
	if face == nil {
		return false
	}
	_, has := face.NominalGlyph(sample)
	return has
})

// Shows tells whether the fonts of this computer can show the language that is
// spoken. The program brings letters for all of them but Chinese.
func Shows() bool { return Current() != "zh" || hasChinese() }
