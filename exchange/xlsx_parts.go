package exchange

import (
	"strconv"
	"strings"
)

const (
	xlsxProlog  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsSheet     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackage   = "http://schemas.openxmlformats.org/package/2006/"
	typeOf      = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// The styles of cells, by their place in cellXfs below. Number format 49 is "text":
// a cell that somebody edits stays text too.
const (
	headingStyle = "1"
	textStyle    = "2"
)

const xlsxStyles = xlsxProlog + `<styleSheet xmlns="` + nsSheet + `">` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

// xlsxPart is one file of the archive.
type xlsxPart struct{ name, content string }

func sheetPart(n int) string { return "xl/worksheets/sheet" + strconv.Itoa(n) + ".xml" }

// xlsxParts are all parts beside the sheets themselves.
func xlsxParts(sheets int) []xlsxPart {
	var types, list, relations strings.Builder
	for n := 1; n <= sheets; n++ {
		number := strconv.Itoa(n)
		types.WriteString(`<Override PartName="/` + sheetPart(n) + `" ContentType="` + typeOf + `worksheet+xml"/>`)
		list.WriteString(`<sheet name="comments` + either(n == 1, "", " "+number) + `" sheetId="` + number + `" r:id="rId` + number + `"/>`)
		relations.WriteString(relation(number, "worksheet", "worksheets/sheet"+number+".xml"))
	}
	relations.WriteString(relation(strconv.Itoa(sheets+1), "styles", "styles.xml"))
	return []xlsxPart{
		{"[Content_Types].xml", xlsxProlog + `<Types xmlns="` + nsPackage + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + typeOf + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + typeOf + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", relationships(relation("1", "officeDocument", "xl/workbook.xml"))},
		{"xl/_rels/workbook.xml.rels", relationships(relations.String())},
		{"xl/workbook.xml", xlsxProlog + `<workbook xmlns="` + nsSheet + `" xmlns:r="` + nsRelations + `"><sheets>` +
			list.String() + `</sheets></workbook>`},
		{"xl/styles.xml", xlsxStyles},
	}
}

func relationships(all string) string {
	return xlsxProlog + `<Relationships xmlns="` + nsPackage + `relationships">` + all + `</Relationships>`
}

func relation(number, kind, target string) string {
	return `<Relationship Id="rId` + number + `" Type="` + nsRelations + "/" + kind + `" Target="` + target + `"/>`
}
