/**
 * The texts of node definitions in German, by their English: a node stays one file. The same text is the same everywhere;
 * names and prompts that are examples stay as they are.
 */
export const nodeTexts: Readonly<Record<string, string>> = {
  // Titles.
  Choose: 'Auswählen',
  Compare: 'Vergleichen',
  Switch: 'Weiche',
  Composite: 'Überlagern',
  'Contact sheet': 'Kontaktbogen',
  Convert: 'Umwandeln',
  Crop: 'Zuschneiden',
  Edit: 'Bearbeiten',
  Generate: 'Erzeugen',
  'Image folder': 'Bildordner',
  Image: 'Bild',
  Inpaint: 'Übermalen',
  'LoRA strength': 'LoRA-Stärke',
  LoRA: 'LoRA',
  Mask: 'Maske',
  'Multi-reference': 'Mehrere Referenzen',
  Note: 'Notiz',
  Number: 'Zahl',
  Preview: 'Vorschau',
  Prompt: 'Prompt',
  Resize: 'Größe ändern',
  Save: 'Speichern',
  Sweep: 'Reihe',
  'Train LoRA': 'LoRA trainieren',
  Upscale: 'Vergrößern',

  // What they do.
  'Lays one picture over another, whole or through a mask.':
    'Legt ein Bild über ein anderes, ganz oder durch eine Maske.',
  'All pictures on one sheet, with labels or numbers under them.':
    'Alle Bilder auf einem Bogen, mit Beschriftung oder Nummern darunter.',
  'Writes pictures in another file format, lighter or without loss.':
    'Schreibt Bilder in einem anderen Format, kleiner oder ohne Verlust.',
  'Cuts pictures to a shape or to a part in pixels, without scaling them.':
    'Schneidet Bilder auf eine Form oder einen Teil in Pixeln zu, ohne sie zu skalieren.',
  'Changes a picture as you say, and leaves the rest of it alone.':
    'Ändert ein Bild nach Worten und lässt den Rest, wie er ist.',
  'Makes pictures from words alone.': 'Macht Bilder allein aus Worten.',
  'Every picture of a folder, by name. What follows runs once for each of them.':
    'Jedes Bild eines Ordners, nach Namen. Was folgt, läuft für jedes einmal.',
  'One picture from your disk. Drop a file on the canvas to get one.':
    'Ein Bild von der Festplatte. Eine Datei auf der Arbeitsfläche ablegen genügt.',
  'Paints the marked part of a picture anew and keeps the rest as it is.':
    'Malt den markierten Teil eines Bildes neu und behält den Rest.',
  'How strongly the LoRAs that go through it count. Changing it trains nothing anew.':
    'Wie stark die durchlaufenden LoRAs zählen. Eine Änderung trainiert nichts neu.',
  'Adds a trained style, face or product to a model. Chain several, one after the other.':
    'Gibt einem Modell einen trainierten Stil, ein Gesicht oder ein Produkt. Mehrere lassen sich hintereinander hängen.',
  'Marks a part of a picture: painted by hand, or by its transparency, its brightness or a colour.':
    'Markiert einen Teil eines Bildes: von Hand gemalt, oder nach Durchsichtigkeit, Helligkeit oder Farbe.',
  'A new picture from several: a face, a dress, a place. Call them "image 1", "image 2" in the prompt.':
    'Ein neues Bild aus mehreren: ein Gesicht, ein Kleid, ein Ort. Im Prompt heißen sie „image 1“, „image 2“.',
  'Words for whoever opens the workflow next. Does nothing.':
    'Worte für alle, die den Workflow als Nächste öffnen. Tut nichts.',
  'One number for several nodes, for example a seed they share.':
    'Eine Zahl für mehrere Knoten, zum Beispiel ein gemeinsamer Seed.',
  'Shows the pictures that come in, side by side, and passes them on.':
    'Zeigt die ankommenden Bilder nebeneinander und gibt sie weiter.',
  'Words for a model, with variables and wildcards, wired to as many nodes as you like.':
    'Worte für ein Modell, mit Variablen und Platzhaltern, mit beliebig vielen Knoten verbunden.',
  'Brings pictures to a size in pixels, whole, cropped or with a border.':
    'Bringt Bilder auf eine Größe in Pixeln: ganz, beschnitten oder mit Rand.',
  'Writes pictures to your disk. Never over another file.':
    'Schreibt Bilder auf die Festplatte. Nie über eine andere Datei.',
  'A list: one text a line, or a range of numbers. What follows runs once for each.':
    'Eine Liste: ein Text je Zeile oder ein Zahlenbereich. Was folgt, läuft für jeden Eintrag einmal.',
  'Teaches a model a person, a product or a style from pictures, and gives the LoRA to the next node.':
    'Bringt einem Modell aus Bildern eine Person, ein Produkt oder einen Stil bei und gibt die LoRA weiter.',
  'Makes a picture larger: on this computer for nothing, or by a model that adds detail.':
    'Macht ein Bild größer: auf diesem Rechner umsonst, oder mit einem Modell, das Einzelheiten ergänzt.',

  // Ports and params.
  Across: 'Waagerecht',
  'As one set': 'Als eine Serie',
  Background: 'Hintergrund',
  Border: 'Rand',
  Captions: 'Beschreibungen',
  Colour: 'Farbe',
  Columns: 'Spalten',
  Down: 'Senkrecht',
  Factor: 'Faktor',
  Feather: 'Weiche Kante',
  File: 'Datei',
  Fit: 'Einpassen',
  Folder: 'Ordner',
  Format: 'Format',
  From: 'Von',
  Gap: 'Abstand',
  Grow: 'Wachsen',
  Height: 'Höhe',
  Images: 'Bilder',
  Insert: 'Einsetzen',
  Invert: 'Umkehren',
  Keeps: 'Behält',
  Labels: 'Beschriftungen',
  'Learning rate': 'Lernrate',
  Left: 'Links',
  Lines: 'Zeilen',
  LoRAs: 'LoRAs',
  Lower: 'Unten',
  Marks: 'Markiert',
  Name: 'Name',
  'Negative prompt': 'Negativer Prompt',
  Of: 'Aus',
  Opacity: 'Deckkraft',
  Picture: 'Bild',
  'Picture width': 'Bildbreite',
  Pictures: 'Bilder',
  Quality: 'Qualität',
  Rank: 'Rang',
  References: 'Referenzen',
  Resolution: 'Auflösung',
  'Sample prompt': 'Prompt der Proben',
  Samples: 'Proben',
  Seed: 'Seed',
  Shape: 'Form',
  Sheet: 'Bogen',
  Size: 'Größe',
  Step: 'Schritt',
  Steps: 'Schritte',
  Strength: 'Stärke',
  Text: 'Text',
  'Text encoder': 'Text-Encoder',
  'Text encoder apart': 'Text-Encoder für sich',
  Threshold: 'Schwelle',
  Title: 'Titel',
  To: 'Bis',
  Tolerance: 'Toleranz',
  Top: 'Oben',
  'Trigger word': 'Auslösewort',
  Upper: 'Oben',
  'Upper picture': 'Oberes Bild',
  Width: 'Breite',

  // Choices.
  'A colour': 'Eine Farbe',
  'A part in pixels': 'Einen Teil in Pixeln',
  'As it is': 'Wie es ist',
  'As the model does': 'Wie das Modell',
  Bottom: 'Unten',
  'Bottom left': 'Unten links',
  'Bottom right': 'Unten rechts',
  Contain: 'Mit Rand',
  Cover: 'Füllen',
  Inside: 'Ganz hinein',
  'Number range': 'Zahlenbereich',
  Place: 'Platzieren',
  Right: 'Rechts',
  Stretch: 'Strecken',
  'Text lines': 'Textzeilen',
  'The middle': 'Der Mitte',
  'The most of a shape': 'Das Meiste einer Form',
  'Top left': 'Oben links',
  'Top right': 'Oben rechts',
  'What is bright': 'Was hell ist',
  'What is clear': 'Was durchsichtig ist',
  'What is painted': 'Was gemalt ist',
  Painting: 'Gemaltes',
  'Painted over the picture. With a list of pictures the same painting lies over each, stretched to its size.':
    'Über das Bild gemalt. Bei einer Liste von Bildern liegt dasselbe über jedem, auf dessen Größe gestreckt.',
  'White of a drawn mask': 'Weiß einer gezeichneten Maske',
  '0.2 · a touch': '0,2 · ein Hauch',
  '0.35 · light': '0,35 · leicht',
  '0.5 · half': '0,5 · halb',
  '0.65 · strong': '0,65 · stark',
  '0.8 · very strong': '0,8 · sehr stark',
  '0.95 · nearly new': '0,95 · fast neu',
  '1 · all new': '1 · ganz neu',

  // Hints.
  '0 at the left edge, 0.5 in the middle, 1 at the right edge.':
    '0 am linken Rand, 0,5 in der Mitte, 1 am rechten Rand.',
  '0 at the upper edge, 0.5 in the middle, 1 at the lower edge.':
    '0 am oberen Rand, 0,5 in der Mitte, 1 am unteren Rand.',
  '0 leaves it as it is: the look of the LoRA without its words.':
    '0 lässt ihn, wie er ist: das Aussehen der LoRA ohne ihre Worte.',
  '0 lets the sheet choose a tidy number.': 'Bei 0 wählt der Bogen eine passende Zahl.',
  '1 is as trained, 0 is off.': '1 ist wie trainiert, 0 ist aus.',
  '1 is as trained, 0 is off. Sliders made as LoRAs also take values below 0.':
    '1 ist wie trainiert, 0 ist aus. LoRAs, die als Regler gemacht sind, nehmen auch Werte unter 0.',
  'A word the model does not know yet. It stands before every caption, and later in the prompt.':
    'Ein Wort, das das Modell noch nicht kennt. Es steht vor jeder Beschreibung und später im Prompt.',
  'About a hundred for each picture. Too many, and every picture looks like those it learned from.':
    'Etwa hundert je Bild. Bei zu vielen sieht jedes Bild aus wie die, aus denen gelernt wurde.',
  'As the picture that comes in, or a size of your own.': 'Wie das ankommende Bild, oder eine eigene Größe.',
  'Counts down when this is smaller than "From".': 'Zählt abwärts, wenn dies kleiner ist als „Von“.',
  'Cover: fills the lower picture, the rest is cut. Stretch: exactly its size. Place: at a size and a place of your own.':
    'Füllen: füllt das untere Bild, der Rest wird abgeschnitten. Strecken: genau dessen Größe. Platzieren: eigene Größe und Stelle.',
  'For JPEG and WebP: 90 looks the same to the eye, 75 is small.':
    'Für JPEG und WebP: 90 sieht für das Auge gleich aus, 75 ist klein.',
  'For JPEG, WebP and AVIF: less is lighter.': 'Für JPEG, WebP und AVIF: weniger ist kleiner.',
  'Gives the text encoder a strength of its own. Stable Diffusion and SDXL have one that LoRAs change.':
    'Gibt dem Text-Encoder eine eigene Stärke. Stable Diffusion und SDXL haben einen, den LoRAs verändern.',
  'How far each step goes. Less of it wants more steps; more of it can spoil the LoRA.':
    'Wie weit jeder Schritt geht. Weniger braucht mehr Schritte, mehr kann die LoRA verderben.',
  'How far from the colour still counts: 0 exactly the colour, 1 everything.':
    'Wie weit von der Farbe noch zählt: 0 genau die Farbe, 1 alles.',
  'How far the result may go from the picture, for models that take it (Stable Diffusion, Flux on your own GPU).':
    'Wie weit sich das Ergebnis vom Bild entfernen darf, für Modelle, die das annehmen (Stable Diffusion, Flux auf der eigenen GPU).',
  'How many from each picture. Asking for more later only pays for the new ones.':
    'Wie viele aus jedem Bild. Wer später mehr verlangt, zahlt nur die neuen.',
  'How many from each prompt. Asking for more later only pays for the new ones.':
    'Wie viele aus jedem Prompt. Wer später mehr verlangt, zahlt nur die neuen.',
  'How much of what is there now may go, for models that take it (Stable Diffusion, Flux Dev on your own GPU). Flux Fill paints it all anew.':
    'Wie viel vom Vorhandenen gehen darf, für Modelle, die das annehmen (Stable Diffusion, Flux Dev auf der eigenen GPU). Flux Fill malt alles neu.',
  'How much the LoRA can hold. Twice the rank is twice the file and more memory.':
    'Wie viel die LoRA fassen kann. Doppelter Rang heißt doppelte Datei und mehr Speicher.',
  "Inside the run's output folder, or a full path. Empty: the output folder itself.":
    'Im Ausgabeordner des Laufs, oder ein ganzer Pfad. Leer: der Ausgabeordner selbst.',
  'Inside: the whole picture in its own shape. Cover: fills the size, the rest is cut. Contain: the whole picture with a border. Stretch: exactly the size.':
    'Ganz hinein: das ganze Bild in seiner Form. Füllen: füllt die Größe, der Rest wird abgeschnitten. Mit Rand: das ganze Bild mit Rand. Strecken: genau die Größe.',
  'Its width in parts of the width of the lower picture.':
    'Seine Breite in Teilen der Breite des unteren Bildes.',
  'JPEG keeps no transparency: what is clear becomes white.':
    'JPEG kennt keine Transparenz: was durchsichtig ist, wird weiß.',
  'Moves the edge outwards; below 0 inwards.': 'Schiebt die Kante nach außen, unter 0 nach innen.',
  'Name the references by their order: "the woman of image 1 in the coat of image 2". A wired prompt is used instead of this one.':
    'Die Referenzen heißen nach ihrer Reihenfolge: „the woman of image 1 in the coat of image 2“. Ein verbundener Prompt gilt statt dieses.',
  'Of each picture on the sheet. A very large sheet makes them smaller.':
    'Jedes Bildes auf dem Bogen. Ein sehr großer Bogen macht sie kleiner.',
  'One item a line; empty lines are left out. Lines that are all numbers also come out as numbers.':
    'Ein Eintrag je Zeile; leere Zeilen zählen nicht. Sind alle Zeilen Zahlen, kommen sie auch als Zahlen heraus.',
  'One line for each picture, in their order: what is to be seen besides the subject. Wired captions are used instead.':
    'Eine Zeile je Bild, in ihrer Reihenfolge: was außer dem Motiv zu sehen ist. Verbundene Beschreibungen gelten statt dieser.',
  'One request for all, so that they belong together: a story, a character from all sides. Name the number in the prompt: fewer may come. Another number pays for all anew.':
    'Eine Anfrage für alle, damit sie zusammengehören: eine Geschichte, eine Figur von allen Seiten. Die Zahl im Prompt nennen: es können weniger kommen. Eine andere Zahl zahlt alle neu.',
  'Only for "Contain".': 'Nur bei „Mit Rand“.',
  'PNG, JPEG, WebP, AVIF, GIF and TIFF files; folders inside it are left out.':
    'PNG-, JPEG-, WebP-, AVIF-, GIF- und TIFF-Dateien; Unterordner zählen nicht.',
  'Pictures are cropped to about so many pixels a side, in the shape nearest to their own.':
    'Bilder werden auf etwa so viele Pixel je Seite zugeschnitten, in der Form, die ihrer am nächsten ist.',
  'Pictures made with the LoRA when it is trained. A change trains nothing anew; it counts for the next training.':
    'Bilder, die nach dem Training mit der LoRA gemacht werden. Eine Änderung trainiert nichts neu, sie zählt beim nächsten Training.',
  'The name of the LoRA file where the model runs, for example film-grain.safetensors.':
    'Der Name der LoRA-Datei dort, wo das Modell läuft, zum Beispiel film-grain.safetensors.',
  'The same seed gives the same picture again, where the model takes one. A second picture gets the next seed.':
    'Derselbe Seed gibt dasselbe Bild wieder, wo das Modell einen nimmt. Ein zweites Bild bekommt den nächsten.',
  'The same seed trains the same way again.': 'Derselbe Seed trainiert wieder auf dieselbe Weise.',
  'What is at least so bright is marked: 0 everything, 1 only pure white.':
    'Was mindestens so hell ist, wird markiert: 0 alles, 1 nur reines Weiß.',
  'What is marked is white in the mask: an Inpaint node paints it anew.':
    'Was markiert ist, ist in der Maske weiß: ein Knoten „Übermalen“ malt es neu.',
  'What is to be seen in the marked part. A wired prompt is used instead of this one.':
    'Was im markierten Teil zu sehen sein soll. Ein verbundener Prompt gilt statt dieses.',
  'What the samples show. Empty: the trigger word alone.':
    'Was die Proben zeigen. Leer: nur das Auslösewort.',
  'What to change and what to keep. A wired prompt is used instead of this one.':
    'Was sich ändern und was bleiben soll. Ein verbundener Prompt gilt statt dieses.',
  'What to keep out, for models that take one.':
    'Was nicht zu sehen sein soll, für Modelle, die das annehmen.',
  'What to show. A wired prompt is used instead of this one.':
    'Was zu sehen sein soll. Ein verbundener Prompt gilt statt dieses.',
  'Which part stays where something is cut.': 'Welcher Teil bleibt, wo etwas abgeschnitten wird.',
  'Width of the soft edge.': 'Breite der weichen Kante.',
  'Marks everything else.': 'Markiert alles andere.',
  'Without the ending. {n} is the number of the picture, {nn} the same with a zero in front.':
    'Ohne die Endung. {n} ist die Nummer des Bildes, {nn} dieselbe mit einer Null davor.',
  'Wildcards {red|green}, variables $name or {name}, {} for the inserted text, weights (word:1.2). A backslash takes a sign as it is.':
    'Platzhalter {red|green}, Variablen $name oder {name}, {} für den eingefügten Text, Gewichte (word:1.2). Ein Backslash nimmt ein Zeichen, wie es ist.',
  'One a line, as name = value. A value may have wildcards: it falls the same way wherever the name stands.':
    'Je Zeile eine, als name = Wert. Ein Wert darf Platzhalter haben: er fällt überall gleich, wo der Name steht.',
  'One draw is one prompt. Every way is a list: what follows runs, and costs, once for each.':
    'Eine Ziehung ist ein Prompt. Jede Möglichkeit ist eine Liste: was folgt, läuft und kostet für jede einmal.',
  'The same number always falls the same way; each way comes once before any comes again.':
    'Dieselbe Zahl fällt immer gleich; jede Möglichkeit kommt einmal, bevor eine wiederkommt.',
  Variables: 'Variablen',
  Wildcards: 'Platzhalter',
  'One draw': 'Eine Ziehung',
  'Every way, as a list': 'Jede Möglichkeit, als Liste',
  Draw: 'Ziehung',

  // What stands in an empty field. Examples of prompts stay English: models understand that best.
  none: 'keiner',
  'the output folder': 'der Ausgabeordner',
  'What this part is for': 'Wozu dieser Teil da ist',
  // Colours of notes.
  Amber: 'Bernstein',
  Green: 'Grün',
  Blue: 'Blau',
  Violet: 'Violett',
  Rose: 'Rosa',
  Grey: 'Grau',

  // Choosing, switching, comparing.
  'You pick which pictures go on; the run waits for you. Nothing else is paid for.':
    'Hier wird gewählt, welche Bilder weitergehen; der Lauf wartet darauf. Für andere wird nichts bezahlt.',
  'Passes on one of its inputs. What only the others need does not run and is not paid for.':
    'Gibt einen seiner Eingänge weiter. Was nur die anderen brauchen, läuft nicht und wird nicht bezahlt.',
  'Lays two pictures over each other with a slider between them, and passes both on.':
    'Legt zwei Bilder mit einem Schieber übereinander und gibt beide weiter.',
  Pick: 'Wählen',
  'Any of them': 'Beliebig viele',
  'An exact number': 'Eine genaue Anzahl',
  'The best one': 'Das beste',
  'All, without asking': 'Alle, ohne Frage',
  'How many': 'Wie viele',
  'New pictures': 'Neue Bilder',
  'When pictures come that were not there when you chose. What you picked and is still there stays picked.':
    'Wenn Bilder kommen, die bei der Auswahl noch nicht da waren. Was gewählt und noch da ist, bleibt gewählt.',
  'Ask again': 'Neu fragen',
  'Keep what was picked': 'Auswahl behalten',
  Picked: 'Gewählt',
  'Passes on': 'Gibt weiter',
  A: 'A',
  B: 'B',
  C: 'C',
  D: 'D',
};
