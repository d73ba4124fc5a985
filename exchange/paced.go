package exchange

import "io"

// paceBytes is how much output may pass without a call of Flush.
const paceBytes = 256 << 10

// pacedWriter calls flush at least every paceBytes, because a page of long
// comments may take a slow connection longer than one write deadline.
type pacedWriter struct {
	w     io.Writer
	flush func() error
	since int
}

func (p *pacedWriter) Write(b []byte) (int, error) {
	n, err := p.w.Write(b)
	p.since += n
	if err == nil && p.since >= paceBytes {
		err = p.send()
	}
	return n, err
}

func (p *pacedWriter) send() error {
	p.since = 0
	if p.flush == nil {
		return nil
	}
	return p.flush()
}
