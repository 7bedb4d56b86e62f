// Each test starts a whole shop: two at a time would only make both slow.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
