package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// line is the connection of a request that may take longer than the server allows by
// default: it must move now and then instead of being done in time. Servers that
// know no deadlines say so by errors, which change nothing and are dropped.
type line struct {
	c       echo.Context
	control *http.ResponseController
}

func patientLine(c echo.Context) line {
	l := line{c: c, control: http.NewResponseController(c.Response())}
	l.endReading()
	return l
}

// extend allows d from now for the next piece of the answer.
func (l line) extend(d time.Duration) { _ = l.control.SetWriteDeadline(time.Now().Add(d)) }

// extendReading allows d from now for the next piece of the request.
func (l line) extendReading(d time.Duration) { _ = l.control.SetReadDeadline(time.Now().Add(d)) }

// endReading lifts the deadline of the request's body. When one passes after the
// body has been read, net/http takes the client for gone and cancels the request.
func (l line) endReading() { _ = l.control.SetReadDeadline(time.Time{}) }

// flush sends what there is. Before the first byte it does nothing, so that an
// error can still be answered with a page.
func (l line) flush() error {
	if !l.c.Response().Committed {
		return nil
	}
	return l.control.Flush()
}
