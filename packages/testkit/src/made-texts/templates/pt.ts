import type { TemplateBook } from '../template-book.ts'

export const pt: TemplateBook = {
  lang: 'pt',
  openers: ['', '', 'olá, ', 'sério, ', 'gente, ', 'agora mesmo ', 'é só comigo? '],
  closers: ['', '', '.', ', me ajudem por favor', '!!', ', o que está acontecendo?', ', resolvam isso'],
  sentences: {
    checkout: [
      '{a|a sua} página de pagamento {trava|congela|fica girando} {quando clico em pagar|na última etapa|quando coloco o cartão}',
      'não consigo {terminar|finalizar} {meu pedido|a compra}, a página de pagamento {fica em branco|dá erro|não carrega}',
    ],
    'double-charge': [
      '{vocês me cobraram|me cobraram} duas vezes {o mesmo|um único} {pedido|produto}',
      '{tem duas|vejo duas} cobranças {na minha conta|no meu cartão} e eu {comprei|pedi} uma vez só',
    ],
    'late-parcel': [
      'minha encomenda {era para chegar|devia chegar} {segunda|semana passada|há três dias} e {ainda não chegou|nunca chegou}',
      '{ainda espero|cadê} minha encomenda, o rastreio {está parado|não mostra nada|diz em trânsito} {há dias|desde sexta}',
    ],
    login: [
      'não consigo {entrar|fazer login} {na minha conta|com minha senha|desde hoje cedo}',
      'o {código|link} de acesso {não chega|não funciona|expirou}, estou {bloqueado|trancado} fora da minha conta',
    ],
    crash: [
      'o app {fecha sozinho|trava|cai} {ao abrir|assim que abro|toda vez} {desde a atualização|no meu celular|hoje}',
      '{a nova versão|a última atualização} do app {vive fechando|não abre|fica branca} {no android|no iphone|aqui}',
    ],
    refund: [
      'meu reembolso {não chegou|sumiu|nunca veio} {depois de duas semanas|desde março|como prometido}',
      '{devolvi|mandei de volta} {os sapatos|tudo|a jaqueta} e {até agora sem reembolso|não devolvem meu dinheiro}',
    ],
    voucher: [
      'o {código|cupom} de desconto {é recusado|não funciona|é inválido} {no carrinho|no caixa|mesmo sendo novo}',
      'vocês {anunciam|prometem} {20|30} por cento e o {cupom|código} de desconto {não tira nada|dá erro|não vale}',
    ],
    'cancelled-order': [
      'cancelaram meu pedido {sem avisar|sem motivo|do nada} {hoje cedo|depois de pagar|ontem}',
      '{meu pedido foi cancelado|todos os meus pedidos foram cancelados} e {ninguém diz por quê|ninguém explica}',
    ],
    damaged: [
      '{o copo|o abajur|meu prato} chegou {quebrado|rachado|em pedaços} {na caixa|de novo|hoje}',
      '{o produto|o vaso|o espelho} está {riscado|quebrado|danificado}, a caixa veio {amassada|rasgada|molhada}',
    ],
    'no-confirmation': [
      'paguei e não recebi {confirmação|número do pedido|recibo} {por email|nenhum|até agora}',
      'o dinheiro {saiu|sumiu} mas não tem {email de confirmação|confirmação do pedido} {na caixa de entrada|na minha conta|em lugar nenhum}',
    ],
    'opening-hours': [
      'que horas {abre|fecha} a loja {do centro|da estação|do norte} {domingo|hoje|nos feriados}?',
      'a loja está {aberta|fechada} {sábado à noite|na páscoa|amanhã}?',
    ],
    sizes: [
      '{a jaqueta|a camisa|o casaco} tem em {pequeno|grande|xl} {e em azul|também|este ano}?',
      'qual tamanho {serve|devo pegar} {com 180 cm|para criança de seis|entre m e g}?',
    ],
    'gift-wrap': [
      'vocês embrulham {o livro|o brinquedo} {para presente|para aniversário|com cartão}?',
      '{o papel de presente|o cartão} é {grátis|possível} {para dois itens|na loja|online}?',
    ],
    thanks: [
      '{obrigado|muito obrigada} pela {ajuda|resposta|entrega} {rápida|gentil|ótima} {de hoje|de ontem|de novo}',
      'adorei {a jaqueta|a luminária|a bolsa}, {que qualidade|que cor linda|ficou perfeita}',
    ],
  },
}
