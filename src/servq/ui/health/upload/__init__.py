"""The tab 载入文件: a file chosen, mapped, previewed, loaded, and its report."""
