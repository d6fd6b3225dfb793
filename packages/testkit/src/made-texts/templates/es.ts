import type { TemplateBook } from '../template-book.ts'

export const es: TemplateBook = {
  lang: 'es',
  openers: ['', '', 'hola, ', 'en serio, ', 'oigan, ', 'ahora mismo ', '¿a alguien más? '],
  closers: ['', '', '.', ', ayuda por favor', '!!', ', ¿qué pasa?', ', arréglenlo'],
  sentences: {
    checkout: [
      '{la|su} página de pago {se cuelga|se congela|no carga} {al pulsar pagar|en el último paso|cuando pongo la tarjeta}',
      'no puedo {terminar|completar} {mi pedido|la compra}, {la página de pago|la pasarela de pago} {queda en blanco|da error|nunca carga}',
    ],
    'double-charge': [
      'me {han cobrado|cobraron} dos veces {el mismo pedido|un solo pedido|la misma compra}',
      '{hay dos|veo dos} cargos {en mi cuenta|en mi tarjeta} y {compré|pedí} una sola vez',
    ],
    'late-parcel': [
      'mi paquete {debía llegar|estaba previsto} {el lunes|la semana pasada|hace tres días} y {sigue sin llegar|no ha llegado}',
      '{sigo esperando|dónde está} mi paquete, el seguimiento {no se mueve|no muestra nada|dice en tránsito} {desde hace días|desde el viernes}',
    ],
    login: [
      'no puedo {iniciar sesión|entrar} {en mi cuenta|con mi contraseña|desde esta mañana}',
      'el {código|enlace|correo} de acceso {no llega|no funciona|ha caducado}, estoy {bloqueado|fuera} de mi cuenta',
    ],
    crash: [
      'la app {se cierra|se cuelga|se bloquea} {al abrirla|cada vez|al empezar} {desde la actualización|en mi móvil|hoy}',
      '{la nueva versión|la última actualización} de la app {se cierra sola|no abre|sale en blanco} {en android|en mi iphone|siempre}',
    ],
    refund: [
      'mi reembolso {no ha llegado|falta|nunca llegó} {después de dos semanas|desde marzo|aunque lo prometieron}',
      '{devolví|mandé de vuelta} {los zapatos|todo|la chaqueta} y {sigo sin reembolso|no me devuelven el dinero}',
    ],
    voucher: [
      'el {código|cupón} de descuento {es rechazado|no se aplica|no es válido} {en la cesta|en la caja|aunque es nuevo}',
      '{anuncian|prometen} {20|30} por ciento y el {cupón|código} de descuento {no resta nada|da error|no funciona}',
    ],
    'cancelled-order': [
      'cancelaron mi pedido {sin avisar|sin motivo|así sin más} {esta mañana|después de pagar|ayer}',
      '{mi pedido fue cancelado|todos mis pedidos fueron cancelados} y {nadie dice por qué|nadie lo explica|no dan motivo}',
    ],
    damaged: [
      '{el vaso|la lámpara|mi plato} {llegó roto|vino roto|llegó en pedazos} {en la caja|otra vez|hoy}',
      '{el artículo|el jarrón|el espejo} está {rayado|roto|dañado}, la caja venía {aplastada|rasgada|mojada}',
    ],
    'no-confirmation': [
      'pagué y no recibí {confirmación|número de pedido|recibo} {por correo|para nada|hasta ahora}',
      'el dinero {se fue|salió} pero no hay {correo de confirmación|confirmación del pedido} {en mi bandeja|en mi cuenta|en ningún lado}',
    ],
    'opening-hours': [
      '¿a qué hora {abre|cierra} la tienda {del centro|de la estación|del norte} {el domingo|hoy|en festivos}?',
      '¿la tienda está {abierta|cerrada} {el sábado por la tarde|en pascua|mañana}?',
    ],
    sizes: [
      '¿{la chaqueta|la camisa|el abrigo} viene en {pequeño|grande|xl} {y en azul|también|este año}?',
      '¿qué talla {me queda|debo tomar} {con 180 cm|para un niño de seis|entre m y l}?',
    ],
    'gift-wrap': [
      '¿pueden envolver {el libro|el juguete} {para regalo|para un cumpleaños|con tarjeta}?',
      '¿{el papel de regalo|la tarjeta} es {gratis|posible} {para dos cosas|en tienda|en línea}?',
    ],
    thanks: [
      '{gracias|muchas gracias} por {la rápida|la amable|la gran} {ayuda|respuesta|entrega} {de hoy|de ayer|otra vez}',
      'me encanta {la chaqueta|la lámpara|el bolso}, {qué calidad|qué color|queda perfecto}',
    ],
  },
}
