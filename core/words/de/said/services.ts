import type { Sentences } from '../../sentences';

/** What single services answer. */
export const services: Sentences = {
  'The route to Abacus is off. Enter the name that Seedream has in your account there in the settings.':
    'Die Route zu Abacus ist aus. Den Namen, den Seedream dort im Konto hat, in den Einstellungen eintragen.',
  'the question for its models': 'die Frage nach seinen Modellen',
  'It lists no Seedream.': 'Es führt kein Seedream auf.',
  'It lists {alike}.': 'Es führt {alike} auf.',
  'Your account at Abacus has no model "{name}". {instead} Change the name in the settings, or take another route.':
    'Das Konto bei Abacus hat kein Modell „{name}“. {~instead} Den Namen in den Einstellungen ändern oder eine andere Route nehmen.',
  'the order': 'die Bestellung',
  'no reason given': 'kein Grund genannt',
  'The safety check at Abacus refused this prompt or a picture. Change the words or the pictures.':
    'Die Sicherheitsprüfung bei Abacus hat diesen Prompt oder ein Bild abgelehnt. Worte oder Bilder ändern.',
  'your account there': 'das Konto dort',
  'the upload of a reference': 'das Hochladen einer Referenz',
  'The job was cancelled at Apiframe.': 'Der Auftrag wurde bei Apiframe abgebrochen.',
  'Apiframe took the job and could not make the picture. Run it again.':
    'Apiframe hat den Auftrag angenommen und konnte das Bild nicht machen. Noch einmal ausführen.',
  'the question for the account': 'die Frage nach dem Konto',
  'none found for 4.0; taken to be that of 4.5 on atlascloud.ai/models':
    'für 4.0 keiner gefunden; angenommen wie der von 4.5 auf atlascloud.ai/models',
  'the question for the balance': 'die Frage nach dem Guthaben',
  '{value} {currency} left.': '{value} {currency} übrig.',
  ' It said: {said}': ' Seine Worte: {said}',
  ', or keeps it from this account': ', oder hält es von diesem Konto fern',
  'Atlas Cloud does not serve this region.{because}': 'Atlas Cloud bedient diese Region nicht.{~because}',
  'docs.gogogotoken.ai and docs.apiyi.com, which say that they follow BytePlus’s own list':
    'docs.gogogotoken.ai und docs.apiyi.com, die nach eigener Aussage der Liste von BytePlus folgen',
  'fal took the job and could not make the picture. Run it again.':
    'fal hat den Auftrag angenommen und konnte das Bild nicht machen. Noch einmal ausführen.',
  'the result of a job': 'das Ergebnis eines Auftrags',
  'fal finished the job without a picture.': 'fal hat den Auftrag ohne Bild beendet.',
  'fal tells no balance.': 'fal nennt kein Guthaben.',
  'The job was cancelled at fal.': 'Der Auftrag wurde bei fal abgebrochen.',
  'Done on this machine.': 'Auf diesem Computer gemacht.',
  'This machine only enlarges. Choose another route for this node.':
    'Dieser Computer vergrößert nur. Für diesen Knoten eine andere Route wählen.',
  '{factor} times {width} × {height} is over 100 million pixels. Choose a smaller factor.':
    '{factor}-mal {width} × {height} sind über 100 Millionen Pixel. Einen kleineren Faktor wählen.',
  'This machine calls nobody, and yet somebody answered with {status}. Please report it.':
    'Dieser Computer ruft niemanden an, und doch kam eine Antwort mit {status}. Bitte melden.',
  'the question for the key': 'die Frage nach dem Schlüssel',
  'That is the limit of this key.': 'Das ist die Grenze dieses Schlüssels.',
  'The safety check at OpenRouter refused this prompt or a picture. Change the words or the pictures.':
    'Die Sicherheitsprüfung bei OpenRouter hat diesen Prompt oder ein Bild abgelehnt. Worte oder Bilder ändern.',
  'The key for OpenRouter may spend no more. Raise its limit at {keys}.':
    'Der Schlüssel für OpenRouter darf nichts mehr ausgeben. Seine Grenze auf {~keys} erhöhen.',
  'Nobody at OpenRouter serves this model as it was asked. It said: {said}':
    'Niemand bei OpenRouter bietet dieses Modell so an, wie es verlangt war. Seine Worte: {said}',
  'Oxen.ai knows nothing of this generation any more.': 'Oxen.ai weiß von dieser Erzeugung nichts mehr.',
  'Oxen.ai finished the generation without a picture.': 'Oxen.ai hat die Erzeugung ohne Bild beendet.',
  'The generation was cancelled at Oxen.ai.': 'Die Erzeugung wurde bei Oxen.ai abgebrochen.',
  '{what} Look at your usage there: it may have been charged.':
    '{~what} Dort den Verbrauch ansehen: Sie kann berechnet sein.',
  'Oxen.ai refused the request.{because}': 'Oxen.ai hat die Anfrage abgelehnt.{~because}',
  'Oxen.ai could not make the picture.{because}': 'Oxen.ai konnte das Bild nicht machen.{~because}',
  'Oxen.ai does not serve this model. It said: {said}':
    'Oxen.ai bietet dieses Modell nicht an. Seine Worte: {said}',
  'PoYo refused the request. It said: {said}': 'PoYo hat die Anfrage abgelehnt. Seine Worte: {said}',
  'Replicate made the picture and has deleted it: it keeps results for an hour. Running again is charged anew.':
    'Replicate hat das Bild gemacht und gelöscht: Ergebnisse bleiben eine Stunde. Noch einmal ausführen kostet neu.',
  'Replicate tells no balance.': 'Replicate nennt kein Guthaben.',
  'your generations there': 'die Erzeugungen dort',
  'RunComfy makes {label} as {listed} only, not {width} × {height}. Choose one of these sizes, or another route.':
    'RunComfy macht {~label} nur in {listed}, nicht in {width} × {height}. Eine dieser Größen wählen oder eine andere Route.',
  'RunComfy takes no size for {label}, so it cannot be asked for this one. Choose another route.':
    'RunComfy nimmt für {~label} keine Größe an, also lässt sich diese nicht verlangen. Einen anderen Weg wählen.',
  '{unknownPrice} (the page of 5.0 Lite Edit says 0.028)':
    '{~unknownPrice} (die Seite von 5.0 Lite Edit sagt 0,028)',
  'not seen on its own pages: what code for Runware on GitHub counts with; compare runware.ai/pricing':
    'nicht auf den eigenen Seiten gesehen: womit Code für Runware auf GitHub rechnet; mit runware.ai/pricing vergleichen',
  'the order (it spoke of another task)': 'die Bestellung (sie sprach von einem anderen Auftrag)',
  'Runware took this task and has no picture of it any more. Look at your usage there.':
    'Runware hat diesen Auftrag angenommen und hat kein Bild mehr davon. Dort den Verbrauch ansehen.',
  'The bucket': 'Der Bucket',
  'see where the bucket is kept': 'nachsehen, wo der Bucket liegt',
  'the service that keeps the bucket': 'den Dienst, bei dem der Bucket liegt',
  'The endpoint of the image host, "{endpoint}", is not a web address. Write it like https://s3.eu-central-1.amazonaws.com.':
    'Der Endpoint des Bild-Hosts, „{endpoint}“, ist keine Webadresse. Schreiben wie https://s3.eu-central-1.amazonaws.com.',
  'The clock of this computer and that of the bucket differ by more than 15 minutes. Set the clock of this computer.':
    'Die Uhr dieses Computers und die des Buckets gehen über 15 Minuten auseinander. Die Uhr dieses Computers stellen.',
  'The bucket is in another region. Check the region and the endpoint in the settings.':
    'Der Bucket ist in einer anderen Region. Region und Endpoint in den Einstellungen prüfen.',
  'The bucket does not know the access key ID. Check it in the settings, and the endpoint too.':
    'Der Bucket kennt die Access-Key-ID nicht. In den Einstellungen prüfen, auch den Endpoint.',
  'The secret access key is wrong. Enter it again in the settings.':
    'Der geheime Zugriffsschlüssel ist falsch. In den Einstellungen neu eintragen.',
  'There is no such bucket there. Check its name and the endpoint.':
    'Dort gibt es keinen solchen Bucket. Seinen Namen und den Endpoint prüfen.',
  'A bucket cannot have this name. Check it in the settings.':
    'So kann ein Bucket nicht heißen. In den Einstellungen prüfen.',
  'The key may not write into this bucket. Give it the right to put objects there.':
    'Der Schlüssel darf nicht in diesen Bucket schreiben. Ihm das Recht geben, dort Objekte abzulegen.',
  'What answers at the endpoint is no S3-compatible service (HTTP {status}). Check the endpoint in the settings.':
    'Was am Endpoint antwortet, ist kein S3-kompatibler Dienst (HTTP {status}). Den Endpoint in den Einstellungen prüfen.',
  'The sandbox’s delay is not a number of milliseconds. Change it in the settings.':
    'Die Verzögerung der Sandbox ist keine Zahl von Millisekunden. In den Einstellungen ändern.',
  'The sandbox was told to fail on "{words}". Change "Fail on" in its settings.':
    'Die Sandbox sollte bei „{words}“ scheitern. „Scheitern bei“ in ihren Einstellungen ändern.',
  'It was cancelled before it was drawn.': 'Abgebrochen, bevor es gezeichnet war.',
  'Drawn on this machine.': 'Auf diesem Computer gezeichnet.',
  'too many requests, waits': 'zu viele Anfragen, wartet',
  'The sandbox calls nobody, and yet somebody answered with {status}. Please report it.':
    'Die Sandbox ruft niemanden an, und doch kam eine Antwort mit {status}. Bitte melden.',
  'wavespeed.ai/docs, pages of Seedream 4.5': 'wavespeed.ai/docs, Seiten von Seedream 4.5',
  'none found for 4.0; taken to be that of 4.5 on wavespeed.ai/docs':
    'für 4.0 keiner gefunden; angenommen wie der von 4.5 auf wavespeed.ai/docs',
  'wavespeed.ai/docs, page of Seedream 5.0 Lite (another place on it says 0.035)':
    'wavespeed.ai/docs, Seite von Seedream 5.0 Lite (eine andere Stelle dort sagt 0,035)',
  'WaveSpeedAI ended the task without a picture ({status}). Look at your usage there before you run it again.':
    'WaveSpeedAI hat den Auftrag ohne Bild beendet ({status}). Dort den Verbrauch ansehen, bevor er noch einmal läuft.',
  'WaveSpeedAI could not read a reference picture. Run it again.':
    'WaveSpeedAI konnte ein Referenzbild nicht lesen. Noch einmal ausführen.',
  'WaveSpeedAI refused the request. It said: {said}':
    'WaveSpeedAI hat die Anfrage abgelehnt. Seine Worte: {said}',
  'WaveSpeedAI took the task and could not make the picture. Run it again.':
    'WaveSpeedAI hat den Auftrag angenommen und konnte das Bild nicht machen. Noch einmal ausführen.',
  'the service kept one of the pictures back; the others are there.':
    'der Dienst hat eins der Bilder zurückgehalten; die anderen sind da.',
  'the connection was cut while the request was on its way.':
    'die Verbindung riss ab, während die Anfrage unterwegs war.',
  'the service refused the prompt, and charged nothing.':
    'der Dienst hat den Prompt abgelehnt und nichts berechnet.',
  'there is no money left at the service; nothing was charged.':
    'beim Dienst ist kein Geld mehr; nichts wurde berechnet.',
};
