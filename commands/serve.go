package commands

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"net/url"

	"github.com/urfave/cli/v3"

	"radd/db"
	"radd/handlers"
)

func (p *program) serveCommand() *cli.Command {
	return &cli.Command{
		Name: "serve", Usage: p.say.T("cli_serve"), Description: p.say.T("cli_serve_more"),
		Action: p.action(p.serve),
	}
}

// serveOrVersion is what radd does without a command.
func (p *program) serveOrVersion(ctx context.Context, cmd *cli.Command) error {
	if cmd.Bool("version") {
		return p.version(ctx, cmd)
	}
	return p.serve(ctx, cmd)
}

// serve creates what is missing and serves until ctx ends. It listens before it
// touches the database: a second start on the same address changes nothing.
func (p *program) serve(ctx context.Context, cmd *cli.Command) error {
	set, err := p.settings(cmd)
	if err != nil {
		return err
	}
	listeners, err := listen(ctx, set)
	if err != nil {
		return err
	}
	defer listeners.close()
	store, err := openStore(ctx, set.database)
	if err != nil {
		return err
	}
	err = p.serveStore(ctx, set, listeners, store)
	if closeErr := store.Close(); err == nil && closeErr != nil {
		return failed(closeErr, "cli_database_close", "File", set.database)
	}
	return err
}

func (p *program) serveStore(ctx context.Context, set settings, on listeners, store *db.Store) error {
	password, err := firstStart(ctx, store, set.adminPassword)
	if err != nil {
		return failed(err, "cli_first_start")
	}
	log := p.logger(set.log)
	app, err := handlers.New(set.config(log), store) //nolint:contextcheck // its requests bring their own
	if err != nil {
		return failed(err, "cli_start")
	}
	address := set.address(on.site.Addr())
	if password != (firstPassword{}) || !p.logsJSON(set.log) {
		p.greet(address, password)
	}
	p.warn(set, password)
	log.Info("serving", "address", on.site.Addr().String(), "database", set.database, "version", version())
	return run(ctx, log, app, on)
}

// config is what the web application wants to know.
func (s settings) config(log *slog.Logger) handlers.Config {
	cfg := handlers.Config{BaseURL: s.baseURL, Lang: s.lang, TrustedProxies: s.proxies, Version: version(), Log: log}
	if s.mailer != nil { // a nil *mail.Sender in an interface would not be nil
		cfg.Mailer = s.mailer
	}
	return cfg
}

// address is where a person opens the site: the public address, else the listener's
// with a name that a browser can open.
func (s settings) address(addr net.Addr) string {
	if s.baseURL != nil {
		return s.baseURL.String()
	}
	host, _, _ := net.SplitHostPort(s.addr)
	_, port, _ := net.SplitHostPort(addr.String())
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return (&url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}).String()
}

// onlyLocal reports whether nobody but this machine can reach the listener.
func (s settings) onlyLocal() bool {
	host, _, _ := net.SplitHostPort(s.addr)
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// greet says in three lines what to open. How to sign in the first time is said
// once.
func (p *program) greet(address string, password firstPassword) {
	p.tell(p.say.T("cli_greet_open", "Address", address+"/"))
	switch login := address + "/login"; {
	case password.made != "":
		p.tell(p.say.T("cli_greet_password", "Address", login, "Name", adminName, "Password", password.made))
	case password.chosen:
		p.tell(p.say.T("cli_greet_chosen", "Address", login, "Name", adminName, "Setting", setAdminPassword.variable()))
	default:
		p.tell(p.say.T("cli_greet_login", "Address", login))
	}
	p.tell(p.say.T("cli_greet_next", "Address", address+"/moderation"))
}

// warn tells what is likely a mistake.
func (p *program) warn(set settings, password firstPassword) {
	if password.weak {
		p.tell(p.say.T("cli_warn_weak", "Setting", setAdminPassword.variable()))
	}
	if password.nobody {
		p.tell(p.say.T("cli_warn_no_admin", "Name", adminName))
	}
	if set.baseURL == nil && !set.onlyLocal() {
		p.tell(p.say.T("cli_warn_base_url", "Setting", setBaseURL.variable()))
	}
}

// logger writes to standard error: for a person on a terminal, else as JSON.
func (p *program) logger(kind string) *slog.Logger {
	if p.logsJSON(kind) {
		return slog.New(slog.NewJSONHandler(p.stderr, nil))
	}
	return slog.New(slog.NewTextHandler(p.stderr, nil))
}

func (p *program) logsJSON(kind string) bool {
	return kind == "json" || kind == "" && !isTerminal(p.stderr)
}

// listeners are the addresses that radd serves on.
type listeners struct {
	site, metrics net.Listener // metrics may be nil
}

func (l listeners) close() {
	for _, listener := range []net.Listener{l.site, l.metrics} {
		if listener != nil {
			_ = listener.Close() // an error says that the server has closed it already
		}
	}
}

func listen(ctx context.Context, set settings) (l listeners, err error) {
	var config net.ListenConfig
	if l.site, err = config.Listen(ctx, "tcp", set.addr); err != nil {
		return l, failed(reason(err), "cli_listen", "Setting", setAddr.variable(), "Value", set.addr)
	}
	if set.metricsAddr == "" {
		return l, nil
	}
	if l.metrics, err = config.Listen(ctx, "tcp", set.metricsAddr); err != nil {
		_ = l.site.Close()
		return l, failed(reason(err), "cli_listen", "Setting", setMetricsAddr.variable(), "Value", set.metricsAddr)
	}
	return l, nil
}

// reason strips the address from an error of the network: the sentence names it.
func reason(err error) error {
	var network *net.OpError
	if errors.As(err, &network) {
		return network.Err
	}
	return err
}
