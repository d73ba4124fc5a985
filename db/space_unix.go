//go:build unix

package db

import "golang.org/x/sys/unix"

// diskSpace returns how many bytes are free for this program, and in all, where
// path is.
func diskSpace(path string) (free, size uint64, ok bool) {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil || stat.Bsize < 0 {
		return 0, 0, false
	}
	block := uint64(stat.Bsize) // its type differs between systems
	return stat.Bavail * block, stat.Blocks * block, true
}
