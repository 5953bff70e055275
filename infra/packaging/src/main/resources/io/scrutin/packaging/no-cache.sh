cache=-Xshare:auto
