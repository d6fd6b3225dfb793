/** Common words of Hindi in Latin letters, as typed on phones; sentences of them train the language model. */
export const hinglishWords: readonly string[] =
  `hai hain ho hu hoon tha thi the nahi nahin nhi mat na haan han ji kya kyu kyun kyo kaise kaisa kaisi kab kahan kaha
  kaun kisi kis kuch kuchh koi sab sabhi bahut bohot bhot accha acha achha theek thik sahi galat main mai mein me mera
  meri mere mujhe mujhko hum hume hamara hamari hamare tum tumhe tumhara tumhari tu tera teri tere aap aapka aapki aapke
  aapko apna apni apne wo woh vo uska uski uske usko unka unki unke unko ye yeh yah is iska iski iske isko in inka ka ki
  ke ko se par pe tak bhi hi to toh aur ya lekin magar par kyunki isliye agar jab tab ab abhi aaj kal parso phir fir
  kar karo karna karne karta karte karti kiya kiye karenge karega raha rahi rahe gaya gayi gaye jao jata jate jati jana
  aao aata aate aana aayega de dena diya do dete le lena liya lo bol bolo bola bolte kaha kehna suno sun dekh dekho dekha
  dekhna mil mila milta milna chal chalo chalta hua hui hue hona hota hote hoti sakta sakte sakti chahiye chahie wala
  wali wale log logon desh bharat sarkar neta vote jeet haar paisa paise kaam din raat saal ghar bhai bhaiya behen yaar
  dost baat sach jhoot dil pyar zindagi khush dukh shukriya dhanyawad namaste salam sir bhagwan allah jai hind jay sri
  ram modi ka bhakt chor desh ke liye saath ek teen char paanch lakh crore bilkul zyada kam thoda bada bade chhota naya
  purana pehle baad andar bahar upar neeche saare itna itni kitna kitne aisa aise waise jaisa jaise sirf bas matlab pata
  samajh maaf gussa mazak bakwas ghatiya`.split(/\s+/)
