/** The titles and notes of the examples in German, by their English. Prompts stay as they are: models read them. */
export const exampleTexts: Readonly<Record<string, string>> = {
  'Character sheet': 'Figurenblatt',
  'First picture': 'Erstes Bild',
  'LoRA portraits': 'LoRA-Porträts',
  'New glass': 'Neues Glas',
  'Product scenes': 'Produktszenen',
  'Survivor funnel': 'Auswahltrichter',

  'Start here': 'Hier beginnen',
  'What to try': 'Zum Ausprobieren',
  'On your own GPU': 'Auf eigener GPU',
  'Film grain': 'Filmkorn',
  Ideas: 'Ideen',
  'Kinds of glass': 'Glasarten',
  Large: 'Groß',
  'Paint it': 'Übermalen',
  People: 'Menschen',
  'Place it': 'Platzieren',
  Portrait: 'Porträt',
  Product: 'Produkt',
  'Save the portraits': 'Porträts speichern',
  'Save the sheet': 'Blatt speichern',
  'Save the ten': 'Die zehn speichern',
  Scenes: 'Szenen',
  'Small drafts': 'Kleine Entwürfe',
  'Soft light': 'Weiches Licht',
  'Ten poses': 'Zehn Posen',
  'The glass': 'Das Glas',

  'Ten pictures of one person: each pose is put into the prompt where the {} stands and made by itself.\n\nTry: put your own portrait in. Wire two or three more into References and call them "image 2", "image 3". Add an eleventh pose: only that one is made.\n\nFor real pictures choose a Seedream route on Multi-reference and a size of 2048 or more.':
    'Zehn Bilder einer Person: Jede Pose kommt im Prompt an die Stelle von {} und wird für sich gemacht.\n\nVersuchen: ein eigenes Porträt einsetzen. Zwei oder drei weitere mit Referenzen verbinden und im Prompt „image 2“, „image 3“ nennen. Eine elfte Pose hinzufügen: Nur sie wird gemacht.\n\nFür echte Bilder bei „Mehrere Referenzen“ eine Seedream-Route wählen und eine Größe ab 2048.',
  'Press Run. The sandbox draws a stand-in picture: free, offline, in a second. It shows how the pieces work together.\n\nThen: change a word and run again. Only what changed is made.\n\nFor a real picture choose another route on Generate. What it costs is on the Run button before you press it.':
    '„Ausführen“ drücken. Die Sandbox zeichnet ein Platzhalterbild: kostenlos, offline, in einer Sekunde. Es zeigt, wie die Teile zusammenspielen.\n\nDann: ein Wort ändern und noch einmal ausführen. Nur Geändertes wird neu gemacht.\n\nFür ein echtes Bild bei „Erzeugen“ eine andere Route wählen. Was es kostet, steht vorher auf „Ausführen“.',
  'Two LoRAs in a chain: Generate gets both, in this order. In the sandbox nothing is loaded; it shows what would be asked.\n\nFor real pictures: start ComfyUI on your own GPU, enter its address in the settings, choose the route "SDXL" on Generate, and write the names of LoRA files that lie on your pod. What the pod lacks is listed before anything runs.':
    'Zwei LoRAs hintereinander: „Erzeugen“ bekommt beide, in dieser Reihenfolge. In der Sandbox wird nichts geladen; sie zeigt, was verlangt würde.\n\nFür echte Bilder: ComfyUI auf der eigenen GPU starten, seine Adresse in den Einstellungen eintragen, bei „Erzeugen“ die Route „SDXL“ wählen und die Namen von LoRA-Dateien schreiben, die auf dem Pod liegen. Was dem Pod fehlt, steht da, bevor etwas läuft.',
  'The green of the bottle becomes a mask, and only that is painted anew: cap, label and background stay as they are, to the pixel.\n\nTry: pick another colour on the Mask card, or switch Invert on and ask for a new background. Grow moves the edge, Feather makes it soft.\n\nFlux Fill on a ComfyUI of yours is another route on the Inpaint card.':
    'Das Grün der Flasche wird zur Maske, und nur das wird neu gemalt: Deckel, Etikett und Hintergrund bleiben auf den Pixel, wie sie sind.\n\nVersuchen: auf der Karte „Maske“ eine andere Farbe nehmen, oder „Umkehren“ einschalten und einen neuen Hintergrund verlangen. „Wachsen“ verschiebt den Rand, „Weiche Kante“ macht ihn weich.\n\nFlux Fill auf einem eigenen ComfyUI ist eine andere Route auf der Karte „Übermalen“.',
  'One product, a scene for each line, every picture twice as large at the end.\n\nTry: drop your own product on the first card. Write forty scenes instead of six; what is made already is kept.\n\nUpscale runs on this computer for nothing. A model that adds detail is another route on its card.':
    'Ein Produkt, je Zeile eine Szene, am Ende jedes Bild doppelt so groß.\n\nVersuchen: ein eigenes Produkt auf der ersten Karte ablegen. Vierzig Szenen statt sechs schreiben; was schon gemacht ist, bleibt.\n\n„Vergrößern“ läuft kostenlos auf diesem Computer. Ein Modell, das Details hinzufügt, ist eine andere Route auf seiner Karte.',
  'Try many ideas small, pick the best, pay for the large size of those alone. The run stops at Choose: click the pictures you like and press "Go on".\n\nTry: change your mind and go on again; what is made is kept. Set "Pick" to "All, without asking" for a run that nobody watches.\n\nWith a paid route on the last model, Choose says what each picked picture will cost.':
    'Viele Ideen klein versuchen, die besten wählen und nur bei ihnen für die volle Größe zahlen. Der Lauf hält bei „Auswählen“: gute Bilder anklicken und „Weiter“ drücken.\n\nVersuchen: sich anders entscheiden und noch einmal weitergehen; was gemacht ist, bleibt. „Wählen“ auf „Alle, ohne Frage“ stellen, wenn niemand zusieht.\n\nMit einer bezahlten Route am letzten Modell sagt „Auswählen“, was jedes gewählte Bild kosten wird.',
};
