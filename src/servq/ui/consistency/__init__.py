"""The page 渠道一致性 and its tabs 承诺台账 and 三源对照. Its verdicts come from `query`."""
