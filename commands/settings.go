package commands

import (
	"net/netip"
	"net/url"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"radd/mail"
)

// A setting is a flag and the environment variable of the same name. The variable's
// name is in capitals behind RADD_, with underscores; where it holds a secret,
// variable_FILE names a file to read the value from. A flag wins over a variable,
// and an empty value counts as not set.
type setting struct {
	flag     string
	fallback string
	secret   bool
}

// The settings, in the order in which help shows them.
var (
	setAddr           = setting{flag: "addr", fallback: "localhost:8080"}
	setDatabase       = setting{flag: "database", fallback: "radd.db", secret: true} // an address may hold a password
	setBaseURL        = setting{flag: "base-url"}
	setAdminPassword  = setting{flag: "admin-password", secret: true}
	setLang           = setting{flag: "lang", fallback: "ar"}
	setTrustedProxies = setting{flag: "trusted-proxies"}
	setSMTPURL        = setting{flag: "smtp-url", secret: true}
	setMetricsAddr    = setting{flag: "metrics-addr"}
	setLog            = setting{flag: "log"}
)

func allSettings() []setting {
	return []setting{
		setAddr, setDatabase, setBaseURL, setAdminPassword, setLang, setTrustedProxies, setSMTPURL, setMetricsAddr, setLog,
	}
}

// variable is the name of the environment variable.
func (s setting) variable() string {
	return "RADD_" + strings.ToUpper(strings.ReplaceAll(s.flag, "-", "_"))
}

// settings are the checked settings that radd serves with.
type settings struct {
	addr, metricsAddr string
	database          string
	baseURL           *url.URL
	adminPassword     string
	lang              string
	proxies           []netip.Prefix
	mailer            *mail.Sender // nil: mail is off
	log               string       // "text", "json" or "" for what fits the terminal
}

func (p *program) settingFlags() []cli.Flag {
	var flags []cli.Flag
	for _, s := range allSettings() {
		flags = append(flags, &cli.StringFlag{
			Name: s.flag, Usage: p.say.T("cli_setting_" + strings.ReplaceAll(s.flag, "-", "_")), DefaultText: s.fallback,
			Sources: cli.NewValueSourceChain(variable{name: s.variable(), p: p}),
		})
	}
	return flags
}

// variable reads a flag's value from the environment that Run was given.
type variable struct {
	name string
	p    *program
}

func (v variable) Lookup() (string, bool) {
	value := v.p.env(v.name)
	return value, value != ""
}
func (v variable) String() string   { return v.name }
func (v variable) GoString() string { return v.name }
func (v variable) IsFromEnv() bool  { return true }
func (v variable) Key() string      { return v.name }

// value returns what the setting was given, or its fallback.
func (p *program) value(cmd *cli.Command, s setting) (string, error) {
	given, file := cmd.String(s.flag), s.variable()+"_FILE"
	path := ""
	if s.secret {
		path = p.env(file)
	}
	switch {
	case path != "" && p.env(s.variable()) != "":
		return "", wrong("cli_setting_twice", "Setting", s.variable(), "File", file)
	case given != "":
		return given, nil
	case path == "":
		return s.fallback, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return "", wrong("cli_setting_file", "Setting", file, "Error", err.Error())
	}
	line, _, _ := strings.Cut(string(content), "\n")
	if line = strings.TrimSuffix(line, "\r"); line == "" {
		return "", wrong("cli_setting_file_empty", "Setting", file, "File", path)
	}
	return line, nil
}

// settings reads and checks every setting. The first one that is wrong is the error.
func (p *program) settings(cmd *cli.Command) (set settings, err error) {
	for _, read := range []struct {
		setting
		parse func(string) error
	}{
		{setAddr, func(v string) (err error) { set.addr, err = listenAddr(setAddr, v); return }},
		{setDatabase, func(v string) (err error) { set.database, err = databaseFile(v); return }},
		{setBaseURL, func(v string) (err error) { set.baseURL, err = baseURL(v); return }},
		{setAdminPassword, func(v string) (err error) { set.adminPassword, err = adminPassword(v); return }},
		{setLang, func(v string) (err error) { set.lang, err = oneOf(setLang, v, "ar", "en"); return }},
		{setTrustedProxies, func(v string) (err error) { set.proxies, err = trustedProxies(v); return }},
		{setSMTPURL, func(v string) (err error) { set.mailer, err = mailer(v); return }},
		{setMetricsAddr, func(v string) (err error) { set.metricsAddr, err = listenAddr(setMetricsAddr, v); return }},
		{setLog, func(v string) (err error) { set.log, err = oneOf(setLog, v, "text", "json"); return }},
	} {
		value, err := p.value(cmd, read.setting)
		if err != nil {
			return set, err
		}
		if value == "" {
			continue
		}
		if err := read.parse(value); err != nil {
			return set, err
		}
	}
	return set, nil
}

// databasePath is the one setting that the other commands need.
func (p *program) databasePath(cmd *cli.Command) (string, error) {
	value, err := p.value(cmd, setDatabase)
	if err != nil {
		return "", err
	}
	return databaseFile(value)
}
