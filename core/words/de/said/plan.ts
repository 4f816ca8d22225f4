import type { Sentences } from '../../sentences';

/** What stands in the way of a run, and what a route will leave out or change. */
export const plan: Sentences = {
  'That node is not here any more': 'Diesen Knoten gibt es nicht mehr',
  'A node cannot feed itself': 'Ein Knoten kann sich nicht selbst speisen',
  'That port is not known here': 'Dieser Anschluss ist hier nicht bekannt',
  '; put {between} between': '; „{~between}“ dazwischensetzen',
  'It gives {type}, this takes {type2}{hint}':
    'Hier kommt {~type} heraus, dort geht nur {~type2} hinein{~hint}',
  'That would make a loop': 'Das gäbe eine Schleife',
  'Pictures go to {label} by link only. {message}': 'Bilder gehen nur als Link zu {~label}. {~message}',
  'The LoRA {name} is made for {facts}, says its header; {label} takes those for {loraBase}. Choose another one, or another route.':
    'Die LoRA {name} ist laut Kopf für {~facts} gemacht; {~label} nimmt die für {~loraBase}. Eine andere wählen oder eine andere Route.',
  'another model': 'ein anderes Modell',
  '{label} runs on the pod {name}, {words}': '{~label} läuft auf dem Pod {name}, {~words}',
  ' for ${perHour} an hour': ' für ${perHour} pro Stunde',
  'which is stopped. Start it{price}: the run begins as soon as ComfyUI on it answers.':
    'der gestoppt ist. Starten{~price}: Der Lauf beginnt, sobald ComfyUI darauf antwortet.',
  'which was ordered and has not been seen yet. The run can wait for it.':
    'der bestellt ist und noch nicht gesehen wurde. Der Lauf kann warten.',
  'which is starting. The run can wait for it, and begins as soon as ComfyUI answers.':
    'der gerade startet. Der Lauf kann warten und beginnt, sobald ComfyUI antwortet.',
  'which is being stopped. It can be started again in a moment.':
    'der gerade gestoppt wird. Gleich lässt er sich wieder starten.',
  'which failed to run. Choose another pod.': 'der nicht lief. Einen anderen Pod wählen.',
  'which is up without a GPU. Choose another pod.': 'der ohne GPU läuft. Einen anderen Pod wählen.',
  'which is not there any more. Choose another pod, or enter another address.':
    'den es nicht mehr gibt. Einen anderen Pod wählen oder eine andere Adresse eintragen.',
  'and ComfyUI on it does not answer just now.': 'und ComfyUI darauf antwortet gerade nicht.',
  '{label} cannot {kind}.': '{~label} kann nicht: {~kind}.',
  '{label} enlarges by {factors}, not by {factor}.': '{~label} vergrößert um {factors}, nicht um {factor}.',
  '{width} × {height}: {message} Choose a smaller factor.':
    '{width} × {height}: {~message} Einen kleineren Faktor wählen.',
  '{label} makes at most {maxPixels}.': '{~label} macht höchstens {~maxPixels}.',
  'each side may be at most {maxSide}.': 'jede Seite darf höchstens {maxSide} haben.',
  '{label} enlarges {by} times first, which makes {between} of this picture; it goes to {maxPixels}. Put a Resize node before it.':
    '{~label} vergrößert zuerst {by}-fach, das macht {~between} aus diesem Bild; möglich sind {~maxPixels}. Einen Knoten „Größe ändern“ davor setzen.',
  '{label} enlarges {by} times; the picture is then brought to {factor} times by Lanczos.':
    '{~label} vergrößert {by}-fach; danach bringt Lanczos das Bild auf das {factor}-Fache.',
  '{e6} million pixels': '{e6} Millionen Pixel',
  'The prompt is empty; write one or wire one in.': 'Der Prompt ist leer; einen schreiben oder verbinden.',
  'The prompt has {length} characters; {label} takes {maxPromptLength}.':
    'Der Prompt hat {length} Zeichen; {~label} nimmt {maxPromptLength}.',
  '{label} reads weights such as (word:1.3) as plain text; they are sent as written.':
    '{~label} liest Gewichte wie (wort:1.3) als einfachen Text; sie gehen mit, wie sie dastehen.',
  '{label} takes no size; how large the picture becomes, it decides.':
    '{~label} nimmt keine Größe an; wie groß das Bild wird, entscheidet das Modell.',
  '{references} reference images; {label} takes {maxReferences}. Unwire some.':
    '{references} Referenzbilder; {~label} nimmt {maxReferences}. Einige trennen.',
  '{count} pictures in one request; {label} makes {model}. Ask for fewer, or for each by itself.':
    '{count} Bilder in einer Anfrage; {~label} macht {~model}. Weniger verlangen, oder jedes für sich.',
  '{label} draws the pictures of one request side by side, not as one set.':
    '{~label} zeichnet die Bilder einer Anfrage nebeneinander, nicht als Reihe, die zusammenpasst.',
  'References and pictures together are {count}; {label} takes {maxReferencesAndCount}.':
    'Referenzen und Bilder sind zusammen {count}; {~label} nimmt {maxReferencesAndCount}.',
  '{label} takes no seed.': '{~label} nimmt keinen Seed.',
  '{label} takes no LoRA; choose a route that does, or unwire it.':
    '{~label} nimmt keine LoRA; eine Route wählen, die es tut, oder sie trennen.',
  'LoRAs change no text encoder of {label}; its own strength is left out.':
    'LoRAs ändern bei {~label} keinen Textencoder; die eigene Stärke dafür entfällt.',
  '{label} takes no negative prompt.': '{~label} nimmt keinen negativen Prompt.',
  '{label} takes no mask; choose a route that does, or unwire it.':
    '{~label} nimmt keine Maske; eine Route wählen, die es tut, oder sie trennen.',
  '{label} paints what a mask marks; use an Inpaint node, or choose another route.':
    '{~label} malt aus, was eine Maske markiert; den Knoten „Übermalen“ nehmen oder eine andere Route wählen.',
  '{label} takes no strength.': '{~label} nimmt keine Stärke.',
  'The picture is {width} × {height} pixels; with {label} it becomes {width2} × {height2}.':
    'Das Bild hat {width} × {height} Pixel; mit {~label} werden es {width2} × {height2}.',
  '{label} needs at least {minPixels}.': '{~label} braucht mindestens {~minPixels}.',
  'each side must be at least {minSide}.': 'jede Seite muss mindestens {minSide} haben.',
  'the longer side may be at most {maxAspect} times the shorter.':
    'die längere Seite darf höchstens {maxAspect}-mal so lang sein wie die kürzere.',
  'each side must be a multiple of {multipleOf}.': 'jede Seite muss ein Vielfaches von {multipleOf} sein.',
  '{label} makes {aspects} only.': '{~label} macht nur {aspects}.',
  '{aspect} at {tierOf}': '{aspect} mit {tierOf}',
  '{label} is asked for {asked} only; how many pixels that has, it decides.':
    '{~label} wird nur um {~asked} gebeten; wie viele Pixel das hat, entscheidet das Modell.',
  'There is no picture to train on. Wire some; ten to thirty do well.':
    'Es gibt kein Bild zum Trainieren. Einige verbinden; zehn bis dreißig sind gut.',
  '{length} captions for {length2}: give one for each picture in their order, one for all, or none.':
    '{length} Beschriftungen für {~length2}: für jedes Bild eine in derselben Reihenfolge, eine für alle, oder keine.',
  'Give a trigger word, or captions: without any word the LoRA cannot be called.':
    'Ein Auslösewort oder Beschriftungen angeben: Ganz ohne Wort lässt sich die LoRA nicht rufen.',
  '{count} to {width} × {height}': '{count} auf {width} × {height}',
  ' {enlarged} enlarged.': ' {~enlarged} vergrößert.',
  '1 is smaller than that and is': '1 ist kleiner und wird',
  '{enlarged} are smaller than that and are': '{enlarged} sind kleiner und werden',
  'Pictures are scaled and cropped for the training: {parts}.{blurred}':
    'Bilder werden zum Training skaliert und zugeschnitten: {,parts}.{~blurred}',
  '{call} comes from the sandbox and has learned nothing; train it on a real model before {label} can use it.':
    '{~call} kommt aus der Sandbox und hat nichts gelernt; erst auf einem echten Modell trainieren, dann kann {~label} sie nutzen.',
  '{call} is trained for {base} and does not fit {label}. Choose a model of {base2}, or train it anew.':
    '{~call} ist für {base} trainiert und passt nicht zu {~label}. Ein Modell von {base2} wählen oder neu trainieren.',
  '{pictures} pictures': '{pictures} Bilder',
  '"{label}" gets an empty list: what is wired to it gives nothing.':
    '„{~label}“ bekommt eine leere Liste: Was damit verbunden ist, ergibt nichts.',
  '"{label}" needs a wire: connect something that gives {type}.':
    '„{~label}“ braucht eine Leitung: etwas verbinden, das {~type} gibt.',
  '"{label}" gets {length} items and "{label2}" gets {length2}; lists that go side by side need the same length, or one item.':
    '„{~label}“ bekommt {length} Elemente und „{~label2}“ {length2}; Listen nebeneinander müssen gleich lang sein oder ein Element haben.',
  'What is pinned at {node}#{place} is nothing {title} gives; unpin it.':
    'Was bei {node}#{place} angeheftet ist, gibt {~title} nicht; lösen.',
  'The picture pinned at {node}#{place} is no longer in the store. Unpin it to make it again, or bring back the data folder that has it.':
    'Das bei {node}#{place} angeheftete Bild ist nicht mehr im Speicher. Lösen, dann entsteht es neu, oder den Datenordner zurückbringen, der es hat.',
  'This Seedloom does not know the node type "{type}". It is kept in the file as it is.':
    'Dieses Seedloom kennt die Knotenart „{type}“ nicht. In der Datei bleibt sie, wie sie ist.',
  '{title} was saved by a newer Seedloom; update Seedloom to run it.':
    '{~title} kommt aus einem neueren Seedloom; zum Ausführen Seedloom aktualisieren.',
  'There is no node "{id}" in this workflow.': 'In diesem Workflow gibt es keinen Knoten „{id}“.',
  'The wires make a loop through {loop}; cut one of them.':
    'Die Leitungen bilden eine Schleife durch {loop}; eine davon trennen.',
  'not allowed': 'nicht erlaubt',
  'Choose a folder of pictures.': 'Einen Ordner mit Bildern wählen.',
  'Choose a picture.': 'Ein Bild wählen.',
  'make pictures from words': 'Bilder aus Worten machen',
  'edit pictures': 'Bilder bearbeiten',
  'enlarge pictures': 'Bilder vergrößern',
  '{label} does not {kind}.': '{~label} kann nicht: {~kind}.',
  'Choose where this runs: the workflow has no default route for "{kind}".':
    'Wählen, wo das läuft: Der Workflow hat keine voreingestellte Route für „{~kind}“.',
  'There is no provider "{provider}"; choose another route.':
    'Es gibt keinen Anbieter „{provider}“; eine andere Route wählen.',
  '{label} has no model "{model}" here; choose another route.':
    '{~label} hat hier kein Modell „{model}“; eine andere Route wählen.',
  '{label} on {label2} cannot {kind}; choose another route.':
    '{~label} bei {~label2} kann nicht: {~kind}. Eine andere Route wählen.',
  'The edge {from} → {to} names node "{missing}", which is not there.':
    'Die Leitung {from} → {to} nennt den Knoten „{missing}“, den es nicht gibt.',
  '{title} has no output "{port}".': '{~title} hat keinen Ausgang „{port}“.',
  '{title} has no input "{port}".': '{~title} hat keinen Eingang „{port}“.',
  '{from} gives {type}, but {to} takes {type2}.': '{from} gibt {~type}, aber {to} nimmt {~type2}.',
  '"{label}" takes one wire and has {length}; remove all but one.':
    '„{~label}“ nimmt eine Leitung und hat {length}; alle bis auf eine entfernen.',
  '"{label}" is to be passed on, and nothing is wired to it.':
    '„{~label}“ soll weitergegeben werden, und nichts ist damit verbunden.',
  'Choose a LoRA file, or take this node out.': 'Eine LoRA-Datei wählen oder diesen Knoten entfernen.',
  'The step must be above 0, or the range never ends.':
    'Der Schritt muss über 0 liegen, sonst endet der Bereich nie.',
  'This range has {steps} numbers; a sweep gives at most {mostItems}. Make the step larger.':
    'Dieser Bereich hat {steps} Zahlen; eine Reihe gibt höchstens {mostItems}. Den Schritt vergrößern.',
  'These are {length} lines; a sweep gives at most {mostItems}. Use two sweeps.':
    'Das sind {length} Zeilen; eine Reihe gibt höchstens {mostItems}. Zwei Reihen nehmen.',
};
