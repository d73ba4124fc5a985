package static

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var token = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{3,6});`)

// themes reads the colours of the light and of the dark theme.
func themes(t *testing.T) map[string]map[string]float64 {
	t.Helper()
	css := string(loaded().files["css/tokens.css"].plain)
	light, dark, ok := strings.Cut(css, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there is no dark theme")
	}
	dark, _, _ = strings.Cut(dark, "@media")
	all := map[string]map[string]float64{}
	for name, part := range map[string]string{"light": light, "dark": dark} {
		all[name] = map[string]float64{}
		for _, match := range token.FindAllStringSubmatch(part, -1) {
			all[name][match[1]] = luminance(t, match[2])
		}
	}
	return all
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}

// TestContrast holds both themes to WCAG 2.2: reading text to level AAA (7), other text
// to AA (4.5), the outline of fields and of the focus to 3.
func TestContrast(t *testing.T) {
	for theme, colours := range themes(t) {
		for _, pair := range []struct {
			text, ground string
			least        float64
		}{
			{"ink", "paper", 7},
			{"ink", "card", 7},
			{"ink", "warn-tint", 7},
			{"ink", "reject-tint", 7},
			{"ink", "approve-tint", 7},
			{"ink", "accent-tint", 7},
			{"on-mark", "mark", 7},
			{"on-bar", "bar", 7},
			{"soft", "paper", 4.5},
			{"soft", "card", 4.5},
			{"soft", "accent-tint", 4.5},
			{"accent", "paper", 4.5},
			{"accent", "card", 4.5},
			{"accent", "accent-tint", 4.5},
			{"accent", "warn-tint", 4.5},
			{"accent", "reject-tint", 4.5},
			{"accent", "approve-tint", 4.5},
			{"on-accent", "accent", 4.5},
			{"on-accent", "accent-strong", 4.5},
			{"on-strong", "approve", 4.5},
			{"on-strong", "reject", 4.5},
			{"approve", "card", 4.5},
			{"approve", "approve-tint", 4.5},
			{"reject", "card", 4.5},
			{"reject", "paper", 4.5},
			{"reject", "reject-tint", 4.5},
			{"warn", "card", 4.5},
			{"warn", "warn-tint", 4.5},
			{"field-line", "card", 3},
			{"field-line", "paper", 3},
			{"accent", "card", 3},
		} {
			a, okA := colours[pair.text]
			b, okB := colours[pair.ground]
			if !okA || !okB {
				t.Errorf("%s: no colour %s or %s", theme, pair.text, pair.ground)
				continue
			}
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < pair.least {
				t.Errorf("%s: %s on %s has %.2f, less than %.1f", theme, pair.text, pair.ground, ratio, pair.least)
			}
		}
	}
}
