package commands

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	e := newEnv(t).with("RADD_ADMIN_PASSWORD", "hunter-two-hunter", "RADD_SMTP_URL", "smtp://desk:topsecret@mail.example.org")
	arabic := e.with("LC_ALL", "ar_LB.UTF-8")
	for _, args := range [][]string{
		{"help"},
		{"--help"},
		{"-h"},
		{"help", "export"},
		{"export", "--help"},
		{"user", "--help"},
		{"help", "user", "add"},
		{"user", "add", "--help"},
		{"--help", "import"},
	} {
		for _, c := range []struct {
			env
			label string
		}{{e, "Usage:"}, {arabic, "الاستعمال:"}} {
			r := radd(t, c.env, "", args...)
			if r.code != exitDone || r.stderr != "" || !strings.Contains(r.stdout, c.label) {
				t.Errorf("radd %v: exit %d, %q, %q", args, r.code, r.stderr, r.stdout)
			}
			for _, wrong := range []string{"cli_", "LABEL", "<no value>", "hunter", "topsecret", "Incorrect"} {
				if strings.Contains(r.stdout, wrong) {
					t.Errorf("radd %v shows %q:\n%s", args, wrong, r.stdout)
				}
			}
		}
	}
}

func TestHelpShowsEverySettingAndCommand(t *testing.T) {
	help := must(t, newEnv(t), "", "help").stdout
	for _, word := range []string{
		"RADD_ADDR", "RADD_DATABASE", "RADD_BASE_URL", "RADD_ADMIN_PASSWORD", "RADD_LANG", "RADD_TRUSTED_PROXIES",
		"RADD_SMTP_URL", "RADD_METRICS_ADDR", "RADD_LOG",
		"   serve", "   user", "   export", "   import", "   backup", "   restore", "   check", "   version",
	} {
		if !strings.Contains(help, word) {
			t.Errorf("help does not show %q", word)
		}
	}
}

func TestVersion(t *testing.T) {
	for _, arg := range []string{"version", "--version"} {
		r := must(t, newEnv(t), "", arg)
		lines := strings.Split(strings.TrimSpace(r.stdout), "\n")
		if len(lines) != 3 || !strings.HasPrefix(lines[0], "radd ") || !strings.HasPrefix(lines[1], "go1.") ||
			!strings.HasPrefix(lines[2], "SQLite 3.") {
			t.Errorf("radd %s printed %q", arg, r.stdout)
		}
	}
}

// TestWrongUsage: nothing is started or created, and one sentence on standard error
// says what is wrong.
func TestWrongUsage(t *testing.T) {
	e := newEnv(t)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"usr"}, "usr"},
		{[]string{"serve", "now"}, "now"},
		{[]string{"help", "usr"}, "usr"},
		{[]string{"--bogus"}, "bogus"},
		{[]string{"export", "--bogus"}, "bogus"},
		{[]string{"--addr"}, "--addr"},
		{[]string{"check", "--help=perhaps"}, "perhaps"},
		{[]string{"user"}, "radd user"},
		{[]string{"user", "remove"}, "remove"},
		{[]string{"user", "add"}, "NAME"},
		{[]string{"user", "add", "a", "b", "--role", "admin"}, "b"},
		{[]string{"user", "add", "salma"}, "--role"},
		{[]string{"user", "add", "salma", "--role", "boss"}, "boss"},
		{[]string{"user", "add", " ", "--role", "admin"}, "name"},
		{[]string{"user", "add", strings.Repeat("x", 61), "--role", "admin"}, "60"},
		{[]string{"user", "add", "salma", "--role", "admin"}, "--password-stdin"},
		{[]string{"user", "password", "salma"}, "--password-stdin"},
		{[]string{"export"}, "--format"},
		{[]string{"export", "--format", "pdf"}, "pdf"},
		{[]string{"import", "x.bin", "--format", "bin"}, "bin"},
		{[]string{"backup"}, "FILE"},
		{[]string{"restore"}, "FILE"},
		{[]string{"check", "twice"}, "twice"},
	} {
		for _, lang := range []string{"en_US.UTF-8", "ar"} {
			r := radd(t, e.with("LANG", lang), "", c.args...)
			if r.code != exitUsage || r.stdout != "" {
				t.Errorf("radd %v: exit %d, printed %q", c.args, r.code, r.stdout)
			}
			says := strings.Contains(r.stderr, c.says) || lang == "ar" && (c.says == "NAME" || c.says == "FILE" || c.says == "name")
			if !says || strings.Count(r.stderr, "\n") != 1 || strings.Contains(r.stderr, "cli_") {
				t.Errorf("radd %v in %s says %q, want one line with %q", c.args, lang, r.stderr, c.says)
			}
		}
	}
	if exists(e["RADD_DATABASE"]) {
		t.Error("a database was made")
	}
}

// wrongSettings are values that each setting refuses.
var wrongSettings = []struct{ name, value string }{
	{"RADD_ADDR", "8080"},
	{"RADD_ADDR", "localhost"},
	{"RADD_ADDR", "localhost:http-ish"},
	{"RADD_ADDR", "localhost:65536"},
	{"RADD_ADDR", "http://localhost:8080"},
	{"RADD_DATABASE", "postgres://desk:topsecret@db.example.org/radd"},
	{"RADD_DATABASE", "postgresql://db.example.org/radd"},
	{"RADD_DATABASE", "mysql://desk:topsecret@db.example.org/radd"},
	{"RADD_DATABASE", os.TempDir()},
	{"RADD_DATABASE", filepath.Join(os.TempDir(), "no such directory", "radd.db")},
	{"RADD_BASE_URL", "replies.example.org"},
	{"RADD_BASE_URL", "ftp://replies.example.org"},
	{"RADD_BASE_URL", "https://"},
	{"RADD_BASE_URL", "https://example.org/replies"},
	{"RADD_BASE_URL", "https://example.org/?a=b"},
	{"RADD_BASE_URL", "https://me@example.org"},
	{"RADD_ADMIN_PASSWORD", "topsec"},
	{"RADD_ADMIN_PASSWORD", "topsecret\xff"},
	{"RADD_LANG", "fr"},
	{"RADD_TRUSTED_PROXIES", "everybody"},
	{"RADD_TRUSTED_PROXIES", "10.0.0.0/8,10.0.0.0/33"},
	{"RADD_SMTP_URL", "mail.example.org"},
	{"RADD_SMTP_URL", "http://desk:topsecret@mail.example.org"},
	{"RADD_METRICS_ADDR", "9090"},
	{"RADD_LOG", "xml"},
	{"RADD_ADMIN_PASSWORD_FILE", filepath.Join(os.TempDir(), "no such file")},
	{"RADD_SMTP_URL_FILE", filepath.Join(os.TempDir(), "no such file")},
	{"RADD_DATABASE_FILE", os.TempDir()},
}

func TestWrongSettings(t *testing.T) {
	for _, c := range wrongSettings {
		e := newEnv(t)
		path := e["RADD_DATABASE"]
		if c.name == "RADD_DATABASE_FILE" {
			delete(e, "RADD_DATABASE")
		}
		for _, lang := range []string{"en", "ar"} {
			r := radd(t, e.with(c.name, c.value, "LANG", lang), "")
			if r.code != exitUsage || !strings.HasPrefix(r.stderr, c.name+": ") || strings.Count(r.stderr, "\n") != 1 {
				t.Errorf("%s=%q in %s: exit %d, %q", c.name, c.value, lang, r.code, r.stderr)
			}
			if strings.Contains(r.stderr, "topsec") || strings.Contains(r.stderr, "cli_") {
				t.Errorf("%s=%q says %q", c.name, c.value, r.stderr)
			}
		}
		if exists(path) {
			t.Errorf("%s=%q: a database was made", c.name, c.value)
		}
	}
}

func TestWrongFlagNamesTheSetting(t *testing.T) {
	for _, args := range [][]string{{"--lang", "fr"}, {"serve", "--lang", "fr"}, {"--lang=fr", "serve"}} {
		r := radd(t, newEnv(t).with("RADD_LANG", "en"), "", args...)
		if r.code != exitUsage || !strings.HasPrefix(r.stderr, "RADD_LANG: ") {
			t.Errorf("radd %v: exit %d, %q", args, r.code, r.stderr)
		}
	}
}

func TestSettingFromFile(t *testing.T) {
	dir := t.TempDir()
	path, file := filepath.Join(dir, "radd.db"), filepath.Join(dir, "name")
	write(t, file, path+"\r\n")
	e := env{"RADD_DATABASE_FILE": file, "RADD_DATABASE": "", "LANG": "en"}
	must(t, e, "a long enough pass phrase\n", "user", "add", "salma", "--role", "admin", "--password-stdin")
	if !exists(path) {
		t.Error("the file's database was not used")
	}
	r := radd(t, e.with("RADD_DATABASE", "other.db"), "", "user", "list")
	if r.code != exitUsage || !strings.HasPrefix(r.stderr, "RADD_DATABASE: ") {
		t.Errorf("variable and file together: exit %d, %q", r.code, r.stderr)
	}
	write(t, file, "\n")
	if r := radd(t, e, "", "user", "list"); r.code != exitUsage || !strings.HasPrefix(r.stderr, "RADD_DATABASE_FILE: ") {
		t.Errorf("an empty file: exit %d, %q", r.code, r.stderr)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		env  env
		want string
	}{
		{env{}, "en"},
		{env{"LANG": "C"}, "en"},
		{env{"LANG": "ar"}, "ar"},
		{env{"LANG": "ar_EG.UTF-8"}, "ar"},
		{env{"LANG": "ar", "LC_MESSAGES": "en_US"}, "en"},
		{env{"LANG": "en_US", "LC_ALL": "ar"}, "ar"},
		{env{"LANG": "ar", "LC_ALL": ""}, "ar"},
	} {
		p := &program{lookup: c.env.lookup}
		if got := p.lang(); got != c.want {
			t.Errorf("%v: %q, want %q", c.env, got, c.want)
		}
	}
}

func TestTrustedProxies(t *testing.T) {
	got, err := trustedProxies("127.0.0.0/8, 10.1.2.3/8,::1 192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, network := range got {
		texts = append(texts, network.String())
	}
	if want := "127.0.0.0/8 10.0.0.0/8 ::1/128 192.0.2.1/32"; strings.Join(texts, " ") != want {
		t.Errorf("got %v, want %s", texts, want)
	}
}
