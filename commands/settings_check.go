package commands

import (
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"radd/mail"
)

// listenAddr checks an address to listen on: host:port, where the host may be
// missing (all of them) and port 0 is any free one.
func listenAddr(s setting, value string) (string, error) {
	host, port, err := net.SplitHostPort(value)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil || strings.ContainsAny(host, " /") {
		return "", wrong("cli_bad_address", "Setting", s.variable(), "Value", value)
	}
	return value, nil
}

// databaseFile checks the path of the database. A file that does not exist yet is
// fine, a directory that does not exist is not.
func databaseFile(value string) (string, error) {
	name := setDatabase.variable()
	if scheme, _, ok := strings.Cut(value, "://"); ok {
		if scheme == "postgres" || scheme == "postgresql" {
			return "", wrong("cli_no_postgres", "Setting", name)
		}
		return "", wrong("cli_database_url", "Setting", name)
	}
	if info, err := os.Stat(value); err == nil && !info.Mode().IsRegular() {
		return "", wrong("cli_database_directory", "Setting", name, "File", value)
	}
	if dir := filepath.Dir(value); !exists(dir) {
		return "", wrong("cli_database_no_directory", "Setting", name, "Directory", dir)
	}
	return value, nil
}

// baseURL checks the public address: the site stands at the root of its host.
func baseURL(value string) (*url.URL, error) {
	u, err := url.Parse(value)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "", u.User != nil,
		u.Path != "" && u.Path != "/", u.RawQuery != "", u.Fragment != "":
		return nil, wrong("cli_bad_base_url", "Setting", setBaseURL.variable(), "Value", value)
	}
	return &url.URL{Scheme: u.Scheme, Host: strings.ToLower(u.Host)}, nil
}

// minAdminPassword is how many characters the first administrator's password has at
// least. It may be weaker than one chosen on the site: then the program warns.
const minAdminPassword = 8

func adminPassword(value string) (string, error) {
	if utf8.RuneCountInString(value) < minAdminPassword || !utf8.ValidString(value) {
		return "", &refusal{
			code: exitUsage, key: "cli_bad_admin_password", count: minAdminPassword,
			data: []any{"Setting", setAdminPassword.variable()},
		}
	}
	return value, nil
}

func oneOf(s setting, value string, choices ...string) (string, error) {
	if !slices.Contains(choices, value) {
		return "", wrong("cli_bad_choice", "Setting", s.variable(), "Value", value, "First", choices[0], "Second", choices[1])
	}
	return value, nil
}

// trustedProxies reads networks (10.0.0.0/8) and single addresses, divided by
// commas or spaces.
func trustedProxies(value string) ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for _, text := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' }) {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			addr, err := netip.ParseAddr(text)
			if err != nil || addr.Zone() != "" {
				return nil, wrong("cli_bad_network", "Setting", setTrustedProxies.variable(), "Value", text)
			}
			network = netip.PrefixFrom(addr, addr.BitLen())
		}
		networks = append(networks, network.Masked())
	}
	return networks, nil
}

// mailer does not repeat the address in its error: it may hold a password.
func mailer(value string) (*mail.Sender, error) {
	sender, err := mail.Parse(value)
	if err != nil {
		return nil, wrong("cli_bad_smtp_url", "Setting", setSMTPURL.variable())
	}
	return sender, nil
}

// exists reports whether there is anything at the path that can be reached.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
