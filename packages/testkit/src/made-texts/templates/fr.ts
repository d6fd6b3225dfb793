import type { TemplateBook } from '../template-book.ts'

export const fr: TemplateBook = {
  lang: 'fr',
  openers: ['', '', 'bonjour, ', 'sérieusement, ', 'dites, ', 'en ce moment ', 'je suis le seul ? '],
  closers: ['', '', '.', ', aidez-moi svp', ' !!', ", qu'est-ce qui se passe ?", ', réparez ça'],
  sentences: {
    checkout: [
      '{la|votre} page de paiement {se bloque|se fige|tourne sans fin} {quand je clique sur payer|à la dernière étape|quand je saisis ma carte}',
      'impossible de {terminer|valider|finir} {ma commande|mon achat}, la page de paiement {reste blanche|affiche une erreur|ne charge pas}',
    ],
    'double-charge': [
      "{vous m'avez|on m'a} débité deux fois pour {la même|une seule} {commande|course}",
      '{il y a deux|je vois deux} {débits|prélèvements|paiements} {sur mon compte|sur ma carte} alors que je n’ai commandé qu’une fois',
    ],
    'late-parcel': [
      'mon colis {devait arriver|était prévu} {lundi|la semaine dernière|il y a trois jours} et {toujours rien|n’est jamais arrivé}',
      "{j'attends toujours|où est} mon colis, le suivi {ne bouge plus|n'affiche rien|dit en transit} {depuis des jours|depuis vendredi}",
    ],
    login: [
      'je ne peux plus {me connecter|accéder} {à mon compte|avec mon mot de passe|depuis ce matin}',
      'le {code|lien|mail} de connexion {n’arrive pas|ne marche pas|a expiré}, je suis bloqué {hors de|devant} mon compte',
    ],
    crash: [
      "l'appli {plante|se ferme|bugue} {au démarrage|dès que je l'ouvre|à chaque fois} {depuis la mise à jour|sur mon téléphone|aujourd'hui}",
      "{la nouvelle version|la dernière mise à jour} de l'appli {plante sans arrêt|ne s'ouvre pas|reste blanche} {sur android|sur iphone|chez moi}",
    ],
    refund: [
      "mon remboursement {n'est pas arrivé|manque|n'est jamais venu} {après deux semaines|depuis mars|malgré la promesse}",
      "j'ai {renvoyé|retourné} {les chaussures|tout|la veste} et {toujours pas de remboursement|pas d'argent en retour}",
    ],
    voucher: [
      'le code {promo|de réduction} {est refusé|ne marche pas|est invalide} {dans le panier|à la caisse|alors qu’il est neuf}',
      'vous {annoncez|promettez} {20|30} pour cent et le code {promo|de réduction} {n’enlève rien|donne une erreur|est refusé}',
    ],
    'cancelled-order': [
      'vous avez annulé ma commande {sans un mot|sans raison|comme ça} {ce matin|après paiement|hier}',
      '{ma commande a été annulée|toutes mes commandes ont été annulées} et {personne ne dit pourquoi|aucune explication}',
    ],
    damaged: [
      "{le verre|la lampe|mon assiette} est {arrivé cassé|arrivé brisé|en morceaux} {dans le carton|encore une fois|aujourd'hui}",
      "{l'article|le vase|le miroir} est {rayé|fêlé|abîmé}, le carton était {écrasé|déchiré|mouillé}",
    ],
    'no-confirmation': [
      "j'ai payé et je n'ai reçu aucune {confirmation|facture} {par mail|du tout|pour l'instant}",
      "l'argent {est parti|a été débité} mais pas de {mail de confirmation|confirmation de commande} {dans ma boîte|sur mon compte|nulle part}",
    ],
    'opening-hours': [
      'à quelle heure {ouvre|ferme} le magasin {du centre|de la gare|du nord} {dimanche|ce soir|les jours fériés} ?',
      'la boutique est {ouverte|fermée} {samedi soir|à pâques|demain} ?',
    ],
    sizes: [
      '{la veste|la chemise|le manteau} existe en {petit|grand|xl} {et en bleu|aussi|cette année} ?',
      'quelle taille {me va|dois-je prendre} {pour 180 cm|pour un enfant de six ans|entre m et l} ?',
    ],
    'gift-wrap': [
      'pouvez-vous emballer {le livre|le jouet} {en cadeau|pour un anniversaire|avec une carte} ?',
      '{le papier cadeau|la carte de vœux} est {gratuit|possible} {pour deux articles|en magasin|en ligne} ?',
    ],
    thanks: [
      "{merci|merci beaucoup} pour {l'aide|la réponse|la livraison} {rapide|sympa|super} {aujourd'hui|hier|encore}",
      "j'adore {la veste|la lampe|le sac}, {quelle qualité|belle couleur|taille parfaite}",
    ],
  },
}
