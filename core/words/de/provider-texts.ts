/**
 * The texts of providers and image hosts in German, by their English: a provider stays one file. Names of services and of
 * models stay as they are.
 */
export const providerTexts: Readonly<Record<string, string>> = {
  // Names.
  'ComfyUI (your GPU)': 'ComfyUI (eigene GPU)',
  'RunPod Serverless (your endpoint)': 'RunPod Serverless (eigener Endpoint)',
  'RunPod public endpoints': 'RunPod Public Endpoints',
  'Sandbox (free, offline)': 'Sandbox (kostenlos, offline)',
  'S3-compatible bucket': 'S3-kompatibler Bucket',
  'This machine': 'Dieser Computer',
  'fal storage': 'fal-Speicher',

  'RunPod pods': 'RunPod (Pods)',
  'Rents a GPU by the second; ComfyUI on it is yours alone.':
    'Mietet eine GPU nach Sekunden; ComfyUI darauf ist nur für das eigene Konto da.',
  'Only for a gateway: every call goes to this origin, those to a pod under /proxy/{pod}/{port}.':
    'Nur für ein Gateway: Jeder Aufruf geht an diesen Ursprung, die an einen Pod unter /proxy/{pod}/{port}.',
  Rehearsal: 'Probe',
  'Sandbox picture': 'Sandbox-Bild',
  'Lanczos upscale': 'Lanczos-Vergrößerung',
  'Seedream at Abacus': 'Seedream bei Abacus',

  // What they are.
  'Seedream by a ChatLLM subscription, where your account has it. Off until the model is named.':
    'Seedream über ein ChatLLM-Abo, wo das Konto es hat. Aus, bis das Modell genannt ist.',
  'Seedream 4.0, 4.5 and 5.0 Lite; a request that was cut is sent again without being charged twice.':
    'Seedream 4.0, 4.5 und 5.0 Lite; eine abgebrochene Anfrage geht noch einmal, ohne doppelt zu kosten.',
  'Seedream 4.0, 4.5, 4.7 and 5.0 Lite; takes no seed, and a task cannot be stopped.':
    'Seedream 4.0, 4.5, 4.7 und 5.0 Lite; ohne Seed, und ein Auftrag ist nicht zu stoppen.',
  'ByteDance’s own service: Seedream 4.0, 4.5 and 5.0 Lite by dated versions, in one answer.':
    'Der Dienst von ByteDance selbst: Seedream 4.0, 4.5 und 5.0 Lite in datierten Versionen, in einer Antwort.',
  'FLUX.1, Qwen-Image, Z-Image, Stable Diffusion, ESRGAN and recipes of your own on your ComfyUI: this computer, or a pod by its address.':
    'FLUX.1, Qwen-Image, Z-Image, Stable Diffusion, ESRGAN und eigene Rezepte auf dem eigenen ComfyUI: diesem Computer, oder einem Pod über seine Adresse.',
  'Seedream 4.0, 4.5 and 5.0 Lite on a queue; pictures of this computer are uploaded to its storage.':
    'Seedream 4.0, 4.5 und 5.0 Lite über eine Warteschlange; Bilder von diesem Computer gehen in seinen Speicher.',
  'Seedream 4.0, 4.5 and 5.0 Lite by aspect and 1K to 4K; a task cannot be stopped.':
    'Seedream 4.0, 4.5 und 5.0 Lite nach Format und 1K bis 4K; ein Auftrag ist nicht zu stoppen.',
  'Enlarges on this machine with Lanczos: free and offline; sharp, but invents no detail.':
    'Vergrößert auf diesem Computer mit Lanczos: kostenlos und offline; scharf, aber ohne erfundene Details.',
  'Seedream 4.5 from words, in three aspects at 2K; a task cannot be stopped.':
    'Seedream 4.5 aus Worten, in drei Formaten mit 2K; ein Auftrag ist nicht zu stoppen.',
  'Seedream 4.5 through one key for many models; the pictures come in the answer.':
    'Seedream 4.5 über einen Schlüssel für viele Modelle; die Bilder kommen mit der Antwort.',
  'Seedream 4.5 on a queue, by aspect in 2K or 4K; pictures are kept in your account there too.':
    'Seedream 4.5 über eine Warteschlange, nach Format in 2K oder 4K; die Bilder bleiben auch im Konto dort.',
  'Seedream 4.0, 4.5 and 5.0 Lite; takes pictures by link only, so edits need an image host. A task cannot be stopped.':
    'Seedream 4.0, 4.5 und 5.0 Lite; nimmt Bilder nur als Link, Bearbeiten braucht also einen Bild-Host. Ein Auftrag ist nicht zu stoppen.',
  'Seedream 4.0, 4.5 and 5.0 Lite; takes no seed. Jobs can be stopped; results are kept for an hour.':
    'Seedream 4.0, 4.5 und 5.0 Lite; ohne Seed. Aufträge lassen sich stoppen; Ergebnisse bleiben eine Stunde.',
  'Seedream 4.0, 4.5 and 5.0 Lite in its own list of sizes; takes no seed. Says what each job cost.':
    'Seedream 4.0, 4.5 und 5.0 Lite in festen Größen; ohne Seed. Sagt, was jeder Auftrag gekostet hat.',
  'Seedream 4.0; takes pictures by link only, so edits need an image host. Results are kept for 30 minutes.':
    'Seedream 4.0; nimmt Bilder nur als Link, Bearbeiten braucht also einen Bild-Host. Ergebnisse bleiben 30 Minuten.',
  'FLUX.1, Qwen-Image, Z-Image, Stable Diffusion, ESRGAN and recipes of your own on an endpoint of yours with worker-comfyui: many workers at once, paid by the second, none while nothing runs.':
    'FLUX.1, Qwen-Image, Z-Image, Stable Diffusion, ESRGAN und eigene Rezepte auf einem eigenen Endpoint mit worker-comfyui: viele Worker zugleich, nach Sekunden bezahlt, keiner, solange nichts läuft.',
  'Seedream 4.0 and 4.5, found again by an id of ours; takes no seed, and a task cannot be stopped.':
    'Seedream 4.0 und 4.5, wiederzufinden über eine eigene Id; ohne Seed, und ein Auftrag ist nicht zu stoppen.',
  'Draws a labelled picture for any task on this machine: free, offline, the same every time.':
    'Zeichnet für jede Aufgabe ein beschriftetes Bild auf diesem Computer: kostenlos, offline, jedes Mal gleich.',
  'ByteDance’s own service in China: Seedream 4.0, 4.5 and 5.0 Lite by dated versions, in one answer.':
    'Der Dienst von ByteDance selbst in China: Seedream 4.0, 4.5 und 5.0 Lite in datierten Versionen, in einer Antwort.',
  'Seedream 4.0, 4.5 and 5.0 Lite; takes no seed, and a task cannot be stopped. Keys work after a top-up.':
    'Seedream 4.0, 4.5 und 5.0 Lite; ohne Seed, und ein Auftrag ist nicht zu stoppen. Schlüssel gelten erst nach dem Aufladen.',
  'Uses your fal key. Who knows a link can open the picture.':
    'Nimmt den fal-Schlüssel. Wer einen Link kennt, kann das Bild öffnen.',
  'Amazon S3, Cloudflare R2, Backblaze B2, MinIO … Stays closed: vendors get links that end after a week.':
    'Amazon S3, Cloudflare R2, Backblaze B2, MinIO … Bleibt geschlossen: Dienste bekommen Links, die nach einer Woche enden.',

  // Keys.
  'API key': 'API-Schlüssel',
  'API key, for pods too': 'API-Schlüssel, auch für Pods',
  'API token': 'API-Token',
  'Key or password': 'Schlüssel oder Passwort',
  'Only for a gateway before ComfyUI: its token, or "name:password".':
    'Nur für ein Gateway vor ComfyUI: sein Token, oder „Name:Passwort“.',
  'Access key ID': 'Access key ID',
  'Secret access key': 'Secret access key',

  // Settings.
  Address: 'Adresse',
  'Only for a gateway: every call goes to this origin.':
    'Nur für ein Gateway: Jeder Aufruf geht an diese Adresse.',
  'Only for a workspace of your own or a gateway: every call goes to this origin.':
    'Nur für einen eigenen Workspace oder ein Gateway: Jeder Aufruf geht an diese Adresse.',
  'Only for another region or a gateway: every call goes to this origin.':
    'Nur für eine andere Region oder ein Gateway: Jeder Aufruf geht an diese Adresse.',
  'Not used: this machine does the work and calls nobody.':
    'Ohne Belang: Dieser Computer macht die Arbeit und ruft niemanden auf.',
  'Not used: the sandbox draws on this machine and calls nobody.':
    'Ohne Belang: Die Sandbox zeichnet auf diesem Computer und ruft niemanden auf.',
  'On RunPod: https://{podId}-8188.proxy.runpod.net': 'Bei RunPod: https://{podId}-8188.proxy.runpod.net',
  'Name of the model': 'Name des Modells',
  'What Seedream is called in your account, for example seedream. Empty: this route is off.':
    'Wie Seedream im Konto heißt, zum Beispiel seedream. Leer: Diese Route ist aus.',
  'Price of the computer, $ an hour': 'Preis des Computers, $ pro Stunde',
  'To compare routes by. 0 for your own. What a pod of yours costs is known.':
    'Zum Vergleichen der Routen. 0 für den eigenen. Was ein eigener Pod kostet, ist bekannt.',
  'Endpoint id': 'Id des Endpoints',
  "Of an endpoint with worker-comfyui, from its page in RunPod's console; its address does too.":
    'Eines Endpoints mit worker-comfyui, von seiner Seite in der Konsole von RunPod; seine Adresse geht auch.',
  'Jobs at once': 'Aufträge zugleich',
  "The endpoint's most workers. More would only wait in its queue, with their money reserved.":
    'So viele Worker, wie der Endpoint höchstens hat. Mehr würden nur in seiner Schlange warten, mit reserviertem Geld.',
  'Price of a worker, $ a second': 'Preis eines Workers, $ pro Sekunde',
  "Of your endpoint's GPU, from docs.runpod.io/serverless/pricing; at first that of the dearest there is.":
    'Der GPU des Endpoints, von docs.runpod.io/serverless/pricing; anfangs der der teuersten.',
  'Longest time of a job, seconds': 'Längste Zeit eines Auftrags, Sekunden',
  'RunPod ends a job that takes longer. So much is reserved for each job before it is sent.':
    'RunPod beendet einen Auftrag, der länger dauert. So viel wird vor dem Senden für jeden reserviert.',
  'Model files': 'Modelldateien',
  'As they are called on the worker, with commas between: flux1-dev-fp8.safetensors, or flux1-dev.safetensors=my.safetensors.':
    'Wie sie auf dem Worker heißen, mit Kommas dazwischen: flux1-dev-fp8.safetensors, oder flux1-dev.safetensors=my.safetensors.',
  'Node that loads by link': 'Knoten, der über Links lädt',
  'CLASS.input of a custom node on the worker, for pictures above 10 MB a job. They go by your image host.':
    'CLASS.input eines eigenen Knotens auf dem Worker, für Bilder über 10 MB je Auftrag. Sie gehen über den Bild-Host.',
  'Milliseconds a picture takes': 'Millisekunden je Bild',
  'To rehearse a run as slow as a real service.':
    'Um einen Lauf zu proben, der so langsam ist wie ein echter Dienst.',
  'Fail on': 'Scheitern bei',
  'To rehearse failures: a word in the prompt, or * for every task. Empty: nothing fails.':
    'Um Fehler zu proben: ein Wort im Prompt, oder * für jede Aufgabe. Leer: Nichts scheitert.',
  Endpoint: 'Endpoint',
  'Like https://s3.eu-central-1.amazonaws.com. Vendors must be able to reach it.':
    'Zum Beispiel https://s3.eu-central-1.amazonaws.com. Dienste müssen ihn erreichen können.',
  Bucket: 'Bucket',
  Region: 'Region',
  'As in the endpoint at Amazon and Backblaze; auto at Cloudflare R2.':
    'Wie im Endpoint bei Amazon und Backblaze; auto bei Cloudflare R2.',
  'Key prefix': 'Präfix der Namen',
  'The folder for the pictures; they may be deleted at any time.':
    'Der Ordner für die Bilder; sie lassen sich jederzeit löschen.',
};
