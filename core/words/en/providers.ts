/** Providers and image hosts in the settings: keys, addresses, prices. */
export const providers = {
  find: 'Find a provider or model',
  nothing: 'No provider answers to that.',
  openPage: (provider: string) => `Open the page of ${provider}`,
  optional: '(optional)',
  keys: {
    lead: 'A key goes from here to the safe store of this computer and to the service it belongs to, nowhere else. Nothing can show it again.',
    /** The name of a variable follows. */
    noSafeStore:
      'This system offers no safe store, so keys typed here are forgotten when Seedloom is closed. To keep one, set it in the environment, like',
    places: {
      none: 'Not set',
      kept: 'Kept in the safe store',
      'this-start': 'For this start only',
      environment: 'From the environment',
    },
    forget: 'Forget',
    keep: 'Keep',
    paste: 'Paste the key',
    pasteAnother: 'Paste another to replace it',
    checkOf: (provider: string) => `Check the key of ${provider}`,
    checkTip: 'Asks the provider; costs nothing',
    check: 'Check',
    checking: 'Checking…',
    checked: {
      works: 'Works.',
      left: (usd: number) => `$${usd.toFixed(2)} left.`,
      creditsLeft: (credits: number) => `${credits} credits left.`,
      refused: (why: string) => `Refused. ${why}`,
      notSet: (variable: string, help: string | undefined) =>
        `Not set. ${help === undefined ? 'Set' : `Get one at ${help} and set`} ${variable}.`,
      cannotTell: 'Cannot be told without spending.',
      cannotTellNow: (why: string) => `Cannot be told now. ${why}`,
    },
  },
  addresses: {
    lead: 'Where each provider is reached, and what else it can be told. An address sends every call of that provider to one place: for a gateway of your own, or a test.',
    notSet: 'Not set',
    reset: (setting: string, provider: string) => `Reset ${setting} of ${provider}`,
    resetTip: 'Back to what it was at first',
  },
  imageHost: {
    lead: 'Some providers take pictures by link only. An image host of yours gives your pictures one: they are uploaded there once, when a run needs it, and never without one chosen here.',
    label: 'Image host',
    none: 'None',
    noneNote:
      'Edits on those providers are blocked, and say so, until one is chosen. All other providers work without.',
    missing: (what: string) => `Still missing: ${what}.`,
  },
  prices: {
    lead: 'What one picture costs, as the providers publish it. Where you pay another price, write it here: forecasts and budgets use yours.',
    route: 'Route',
    published: 'Published',
    yours: 'Yours',
    yoursOf: (model: string, provider: string) => `Your price of ${model} on ${provider}`,
    asPublished: 'as published',
    read: (date: string) => `read ${date}`,
  },
};
