"""The page 渠道一致性 and its tabs 承诺台账 and 三源对照."""
