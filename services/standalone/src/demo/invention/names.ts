/** Invented families' names: common ones of the people who live in the Fens, put together by chance. None is anybody's. */
export const surnames = [
  ...['Adeyemi', 'Akhtar', 'Baptiste', 'Barker', 'Begum', 'Bielak', 'Carter', 'Chen', 'Costa', 'Dhillon', 'Doyle', 'Fenwick', 'Ferreira'],
  ...['Grzelak', 'Hussain', 'Iliescu', 'Jankauskas', 'Kaur', 'Khan', 'Nowak', 'Lacey', 'Mbeki', 'Mensah', 'Mirza', 'Moreira'],
  ...['Nguyen', 'Okafor', 'Osei', 'Patel', 'Popa', 'Popescu', 'Quayle', 'Rahman', 'Sesay', 'Smith', 'Tomlin', 'Varga', 'Walsh'],
  ...['Wisniak', 'Yilmaz', 'Yusuf', 'Zaremba'],
] as const;

export const children = [
  ...[
    'Aaliyah',
    'Adam',
    'Aisha',
    'Ben',
    'Callum',
    'Chloe',
    'Daniel',
    'Dominik',
    'Ella',
    'Ewa',
    'Farah',
    'Finn',
    'Gabriel',
    'Hana',
    'Ibrahim',
  ],
  ...[
    'Isla',
    'Jakub',
    'Jaya',
    'Kai',
    'Kofi',
    'Leo',
    'Lina',
    'Maja',
    'Mateus',
    'Mei',
    'Mohammed',
    'Nia',
    'Noah',
    'Oliwia',
    'Priya',
    'Reuben',
  ],
  ...['Rosa', 'Sami', 'Sofia', 'Tariq', 'Tilly', 'Uma', 'Viktor', 'Yara', 'Zane'],
] as const;

export const mothers = [
  ...['Abena', 'Agnieszka', 'Amina', 'Beata', 'Carla', 'Danuta', 'Fatima', 'Gemma', 'Harpreet', 'Ines', 'Joanne', 'Kelly', 'Lin'],
  ...['Maria', 'Natasha', 'Olena', 'Parveen', 'Rachel', 'Samira', 'Sarah', 'Teresa', 'Wanjiru', 'Yasmin'],
] as const;

export const fathers = [
  ...['Ahmed', 'Andrzej', 'Bilal', 'Carlos', 'Darren', 'Emeka', 'Gurdeep', 'Hassan', 'Ion', 'James', 'Karim', 'Kwame', 'Lee', 'Marek'],
  ...['Nikolai', 'Paulo', 'Ravi', 'Steven', 'Tomasz', 'Wei'],
] as const;

export const grandmothers = ['Halina', 'Margaret', 'Noor', 'Patricia', 'Rosalina', 'Sheila', 'Surinder', 'Zofia'] as const;
