import type { Sentences } from '../../sentences';

/** ComfyUI, its workers on RunPod, and the recipes that come along. */
export const comfyui: Sentences = {
  'the question for its queue': 'die Frage nach seiner Warteschlange',
  'the question for a job': 'die Frage nach einem Auftrag',
  ' (it spoke of another one)': ' (sie sprach von einem anderen)',
  'The job was cancelled on ComfyUI.': 'Der Auftrag wurde auf ComfyUI abgebrochen.',
  'ComfyUI ended the job without a picture. Look at its log.':
    'ComfyUI hat den Auftrag ohne Bild beendet. Sein Protokoll ansehen.',
  "The GPU's memory is full. Choose a smaller size, fewer pictures or a smaller model.":
    'Der Speicher der GPU ist voll. Eine kleinere Größe, weniger Bilder oder ein kleineres Modell wählen.',
  'ComfyUI failed at {node}: {message}': 'ComfyUI ist gescheitert bei {~node}: {~message}',
  'ComfyUI {version} answers.': 'ComfyUI {version} antwortet.',
  'docs.runpod.io/public-endpoints/models/{page}: its examples cost 0.027 a megapixel, its table says 0.027 a picture':
    'docs.runpod.io/public-endpoints/models/{page}: In den Beispielen kostet ein Megapixel 0,027, in der Tabelle ein Bild 0,027',
  ': it keeps a result for 30 minutes': ': Ein Ergebnis bleibt dort 30 Minuten',
  'RunPod refused the request. It said: {said}': 'RunPod hat die Anfrage abgelehnt. Seine Worte: {said}',
  'the question for its health': 'die Frage nach seinem Zustand',
  'The job was cancelled at RunPod.': 'Der Auftrag wurde bei RunPod abgebrochen.',
  'The worker ended the job without a picture. A workflow must save it (SaveImage); a preview gives nothing.':
    'Der Worker hat den Auftrag ohne Bild beendet. Ein Workflow muss es speichern (SaveImage); eine Vorschau ergibt nichts.',
  'the upload of a LoRA': 'das Hochladen einer LoRA',
  'or export the run that trained it and copy the file into its models/loras by hand. Nothing was made.':
    'oder den Lauf exportieren, der sie trainiert hat, und die Datei von Hand in models/loras kopieren. Nichts wurde gemacht.',
  'The LoRA {name} has {bytes}, and this ComfyUI, or the proxy before it, takes no upload of that size (its own limit: {limit}). Use the ComfyUI that trained it, start this one with a larger --max-upload-size, {byHand}':
    'Die LoRA {name} hat {bytes}, und dieses ComfyUI oder der Proxy davor nimmt so Großes nicht an (seine eigene Grenze: {limit}). Das ComfyUI nehmen, das sie trainiert hat, dieses mit größerem --max-upload-size starten, {~byHand}',
  'This ComfyUI took the LoRA {name} and does not list it: it does not look for LoRAs in its output folder. Update it, use the ComfyUI that trained it, {byHand}':
    'Dieses ComfyUI hat die LoRA {name} angenommen und führt sie nicht auf: In seinem Ausgabeordner sucht es keine LoRAs. Aktualisieren, das ComfyUI nehmen, das sie trainiert hat, {~byHand}',
  'the question for its nodes': 'die Frage nach seinen Knoten',
  'only a gateway before ComfyUI asks for one': 'nur ein Gateway vor ComfyUI verlangt einen',
  'the node {name}': 'der Knoten {name}',
  'Node {name}: part of ComfyUI itself, or of an extension; update or install it.':
    'Knoten {name}: Teil von ComfyUI selbst oder einer Erweiterung; aktualisieren oder installieren.',
  'ComfyUI at {where} lacks {named}. Put them there and run again; nothing was sent.':
    'ComfyUI auf {where} hat nicht: {,named}. Dorthin legen und noch einmal ausführen; nichts wurde gesendet.',
  ' in the folder models/{folder}': ' im Ordner models/{folder}',
  'about {bytes}': 'etwa {bytes}',
  'licence {licence}': 'Lizenz {licence}',
  'File {names}{where}: {from}': 'Datei {names}{~where}: {,from}',
  'ComfyUI does not run this: {lines}. Nothing was made.':
    'ComfyUI führt das nicht aus: {~lines}. Nichts wurde gemacht.',
  'it gave no reason': 'kein Grund genannt',
  'The pod does not answer (HTTP {status}): it is starting, stopped or overloaded. Start it, then run again.':
    'Der Pod antwortet nicht (HTTP {status}): Er startet gerade, ist gestoppt oder überlastet. Starten, dann noch einmal ausführen.',
  'What stands before ComfyUI lets nobody in with this key. Enter the one it wants: a token, or "name:password".':
    'Was vor ComfyUI steht, lässt mit diesem Schlüssel niemanden herein. Den verlangten eintragen: ein Token, oder „name:passwort“.',
  '{place} does not know "{text}"': '{place} kennt „{text}“ nicht',
  'wanted by {place}{part}': 'verlangt von {place}{~part}',
  ', which knows its folder': ', dort steht auch der Ordner',
  '{nodeClass} has no output {output}': '{nodeClass} hat keinen Ausgang {output}',
  '{place} is not there any more': '{place} gibt es nicht mehr',
  '{place} takes {spec}, and {nodeClass} gives {type}': '{place} nimmt {spec}, und {nodeClass} gibt {type}',
  '{place} is required and has no default': '{place} ist nötig und hat keinen Anfangswert',
  'This recipe needs {absent}, which is not there. Wire one more picture.':
    'Dieses Rezept braucht {~absent}, und das fehlt. Noch ein Bild verbinden.',
  "This ComfyUI's nodes differ from those the recipe is made for. Update ComfyUI or Seedloom, or choose another route.":
    'Die Knoten dieses ComfyUI sind andere als die, für die das Rezept gemacht ist. ComfyUI oder Seedloom aktualisieren, oder eine andere Route wählen.',
  'the question for its LoRAs': 'die Frage nach seinen LoRAs',
  'the question for a LoRA': 'die Frage nach einer LoRA',
  "ComfyUI knows nothing of this job any more and has none of its pictures: it was restarted, ran out of memory, or the job was deleted there. Only your GPU's time is gone. Running again is safe: nothing of it still runs there.":
    'ComfyUI weiß von diesem Auftrag nichts mehr und hat keins seiner Bilder: Es wurde neu gestartet, hatte zu wenig Speicher, oder der Auftrag wurde dort gelöscht. Nur Zeit der eigenen GPU ist verloren. Noch einmal ausführen ist gefahrlos: Nichts davon läuft dort noch.',
  'What answers at {tools} is not ComfyUI. Set the address of ComfyUI itself, as http://127.0.0.1:8188, in the settings; nothing was sent.':
    'Was auf {tools} antwortet, ist nicht ComfyUI. In den Einstellungen die Adresse von ComfyUI selbst setzen, wie http://127.0.0.1:8188; nichts wurde gesendet.',
  'the prompt': 'den Prompt',
  'What was trained until then is lost: ComfyUI writes a LoRA only when its training is over, so it begins again.':
    'Was bis dahin trainiert war, ist verloren: ComfyUI schreibt eine LoRA erst am Ende des Trainings, also beginnt es von vorn.',
  'ComfyUI ended the training, and there is no file of it among its LoRAs. Look at its log and in its folder output/loras.':
    'ComfyUI hat das Training beendet, und unter seinen LoRAs liegt keine Datei davon. Sein Protokoll ansehen und seinen Ordner output/loras.',
  'what makes them': 'was sie macht',
  'this ComfyUI lacks {lacking}. Update it.': 'diesem ComfyUI fehlt {~lacking}. Aktualisieren.',
  'The LoRA is trained and here, but not this sample of it: {why}':
    'Die LoRA ist trainiert und hier, dieses Probebild davon aber nicht: {~why}',
  'ComfyUI made none and does not say why.': 'ComfyUI hat keins gemacht und sagt nicht, warum.',
  "the GPU's memory was full. Make pictures with the LoRA by the next node instead.":
    'der Speicher der GPU war voll. Stattdessen mit dem nächsten Knoten Bilder mit der LoRA machen.',
  'the job was stopped on ComfyUI when the LoRA was saved.':
    'der Auftrag wurde auf ComfyUI gestoppt, als die LoRA gespeichert war.',
  'ComfyUI was restarted, or ran out of memory, when the LoRA was saved.':
    'ComfyUI wurde neu gestartet oder hatte zu wenig Speicher, als die LoRA gespeichert war.',
  "The GPU's memory is full. Train at a lower resolution or rank, or on a GPU with more memory. {lostWords}":
    'Der Speicher der GPU ist voll. Mit kleinerer Auflösung oder kleinerem Rang trainieren, oder auf einer GPU mit mehr Speicher. {~lostWords}',
  'The training was interrupted on ComfyUI. {lostWords}':
    'Das Training wurde auf ComfyUI unterbrochen. {~lostWords}',
  'ComfyUI does not know this training: it was restarted, ran out of memory, or the job was deleted there. {lostWords}':
    'ComfyUI kennt dieses Training nicht: Es wurde neu gestartet, hatte zu wenig Speicher, oder der Auftrag wurde dort gelöscht. {~lostWords}',
  'the upload of a picture': 'das Hochladen eines Bildes',
  'RunPod Serverless needs the id of your endpoint. Enter it in the settings under Addresses.':
    'RunPod Serverless braucht die Id des eigenen Endpoints. In den Einstellungen unter Adressen eintragen.',
  '"{text}" is no id of an endpoint. Copy it from the endpoint\'s page in RunPod\'s console.':
    '„{text}“ ist keine Id eines Endpoints. Von der Seite des Endpoints in der Konsole von RunPod kopieren.',
  '"{name}" is no value for "{label}" of RunPod Serverless: write a number from {least} to {most}.':
    '„{name}“ ist kein Wert für „{~label}“ von RunPod Serverless: eine Zahl von {least} bis {most} schreiben.',
  "${perSecond} a second of the worker, at most {longest} seconds (docs.runpod.io/serverless/pricing); a worker's start and idle time come on top":
    '${perSecond} pro Sekunde des Workers, höchstens {longest} Sekunden (docs.runpod.io/serverless/pricing); Start- und Leerlaufzeit eines Workers kommen dazu',
  'a worker is starting': 'ein Worker startet',
  'all workers are busy, {waiting} jobs wait': 'alle Worker sind beschäftigt, {waiting} Aufträge warten',
  'all workers are busy': 'alle Worker sind beschäftigt',
  'a worker is taking it': 'ein Worker nimmt ihn an',
  'no free GPU for a worker just now': 'gerade keine GPU für einen Worker frei',
  'workers fail to start: look at their logs': 'Worker starten nicht: ihre Protokolle ansehen',
  'waiting for a worker to start': 'wartet auf den Start eines Workers',
  'at work': 'beschäftigt',
  'without a GPU': 'ohne GPU',
  'not healthy': 'nicht gesund',
  'The endpoint answers; no worker is up, the first job starts one.':
    'Der Endpoint antwortet; kein Worker läuft, der erste Auftrag startet einen.',
  'The endpoint answers; workers: {told}.': 'Der Endpoint antwortet; Worker: {,told}.',
  'The job took longer than the {longest} seconds it may take, or no worker took it for a day, so RunPod ended it. Allow more under "Longest time of a job" in the settings, or give the endpoint more workers.':
    'Der Auftrag dauerte länger als die erlaubten {longest} Sekunden, oder einen Tag lang nahm ihn kein Worker, deshalb hat RunPod ihn beendet. In den Einstellungen bei „Längste Zeit eines Auftrags“ mehr erlauben oder dem Endpoint mehr Worker geben.',
  'it was taken out of the queue, or the endpoint was deleted':
    'er wurde aus der Schlange genommen, oder der Endpoint wurde gelöscht',
  'a result is kept for 30 minutes, and a job waits for a day at most; this one is lost':
    'ein Ergebnis bleibt 30 Minuten, und ein Auftrag wartet höchstens einen Tag; dieser ist verloren',
  "RunPod knows nothing of this job any more: {why}. Look at the endpoint's usage there before you run it again: it may have been charged.":
    'RunPod weiß von diesem Auftrag nichts mehr: {~why}. Vor dem nächsten Lauf dort den Verbrauch des Endpoints ansehen: Er kann berechnet sein.',
  'RunPod has no endpoint with this id for this key. Correct the id in the settings.':
    'RunPod hat für diesen Schlüssel keinen Endpoint mit dieser Id. Die Id in den Einstellungen berichtigen.',
  'This job has {bytes} with its pictures, and RunPod takes {most} in one request; nothing was sent. Put a Resize node before it, or give the worker a node that loads pictures by link and name it in the settings.':
    'Dieser Auftrag hat mit seinen Bildern {bytes}, und RunPod nimmt {most} in einer Anfrage; nichts wurde gesendet. Einen Knoten „Größe ändern“ davor setzen, oder dem Worker einen Knoten geben, der Bilder per Link lädt, und ihn in den Einstellungen nennen.',
  'The worker lacks {names}. Add it to the worker\'s image or network volume; or, where it has the file by another name, name it in the settings under "Model files".':
    'Dem Worker fehlt {,names}. In sein Image oder Netzwerk-Volume legen; oder, wo die Datei dort anders heißt, in den Einstellungen unter „Modelldateien“ nennen.',
  "The worker's GPU memory is full. Choose a smaller size or fewer pictures, or an endpoint with a larger GPU.":
    'Der GPU-Speicher des Workers ist voll. Eine kleinere Größe oder weniger Bilder wählen, oder einen Endpoint mit größerer GPU.',
  'The worker does not run this: {said}': 'Der Worker führt das nicht aus: {said}',
  'The worker could not take a picture: {said}': 'Der Worker konnte ein Bild nicht annehmen: {said}',
  ' It gave no reason; look at its log on RunPod.':
    ' Es nannte keinen Grund; sein Protokoll bei RunPod ansehen.',
  'The worker could not make the picture.{because}': 'Der Worker konnte das Bild nicht machen.{~because}',
  'openmodeldb.info, or huggingface.co/Comfy-Org/Real-ESRGAN_repackaged':
    'openmodeldb.info oder huggingface.co/Comfy-Org/Real-ESRGAN_repackaged',
  'huggingface.co/black-forest-labs/FLUX.1-dev, after accepting its licence there':
    'huggingface.co/black-forest-labs/FLUX.1-dev, nach Annahme der Lizenz dort',
  'huggingface.co/black-forest-labs/FLUX.1-Fill-dev, after accepting its licence there':
    'huggingface.co/black-forest-labs/FLUX.1-Fill-dev, nach Annahme der Lizenz dort',
  "your own GPU's time": 'Zeit der eigenen GPU',
  'copy your LoRA there, or correct the name in the LoRA node':
    'die eigene LoRA dorthin kopieren oder den Namen im Knoten „LoRA“ berichtigen',
};
