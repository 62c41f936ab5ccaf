"""Tests in a real browser; a package, so that its fixtures may last as long as its folder."""
