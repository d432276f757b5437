"""What people and spreadsheets call a time zone that the tz database names otherwise.

The cities that it has need no word here. Nor has what is said of several zones one:
CST is Chicago's, Shanghai's and Havana's, IST India's, Ireland's and Israel's.
"""

# Abbreviations, the names that Ruby on Rails and Windows give, and large cities; in
# English, German, Spanish, Portuguese, French and Italian where they differ.
ZONE_WORDS = {
    "UTC": "UTC | Coordinated Universal Time | Universal Time"
    " | Koordinierte Weltzeit | Weltzeit | Temps universel coordonné",
    "CET": "CET | CEST | MEZ | MESZ | Central European Time"
    " | Central European Summer Time | Mitteleuropäische Zeit"
    " | Mitteleuropäische Sommerzeit | Hora central europea"
    " | Heure d'Europe centrale",
    "EET": "EET | EEST | OEZ | OESZ | Eastern European Time"
    " | Eastern European Summer Time | Osteuropäische Zeit",
    "WET": "WET | WEZ | Western European Time | Western European Summer Time"
    " | Westeuropäische Zeit",
    "America/New_York": "ET | EST | EDT | Eastern | Eastern Time"
    " | Eastern Time (US & Canada) | US Eastern | Eastern Standard Time"
    " | Eastern Daylight Time | New York City | NYC | Nueva York | Nova York | Boston"
    " | Washington | Washington DC | Philadelphia | Atlanta | Miami",
    "America/Chicago": "CT | CDT | Central Time | Central Time (US & Canada)"
    " | US Central | Central Standard Time | Central Daylight Time | Dallas | Austin"
    " | Houston | Minneapolis | Nashville",
    "America/Denver": "MT | MDT | Mountain Time | Mountain Time (US & Canada)"
    " | US Mountain | Mountain Standard Time | Mountain Daylight Time"
    " | Salt Lake City",
    "America/Phoenix": "Arizona | US Mountain Standard Time",
    "America/Los_Angeles": "PT | PST | PDT | Pacific Time"
    " | Pacific Time (US & Canada) | US Pacific | Pacific Standard Time"
    " | Pacific Daylight Time | San Francisco | San Diego | Seattle"
    " | Las Vegas",
    "America/Anchorage": "AKST | AKDT | Alaska | Alaskan Standard Time",
    "Pacific/Honolulu": "Hawaii | Hawaii Standard Time | Hawaiian Standard Time",
    "America/Indiana/Indianapolis": "Indiana (East) | US Eastern Standard Time",
    "America/Halifax": "Atlantic Time (Canada) | Atlantic Standard Time",
    "America/St_Johns": "Newfoundland | Newfoundland Standard Time",
    "America/Regina": "Saskatchewan | Canada Central Standard Time",
    "America/Toronto": "Ottawa",
    "America/Mexico_City": "Ciudad de México | Central Standard Time (Mexico)",
    "America/Mazatlan": "Mountain Standard Time (Mexico)",
    "America/Tijuana": "Pacific Standard Time (Mexico)",
    "America/Cancun": "Eastern Standard Time (Mexico)",
    "America/Guatemala": "Central America Standard Time",
    "America/Bogota": "Bogotá | SA Pacific Standard Time",
    "America/Lima": "Quito",
    "America/Caracas": "Venezuela Standard Time",
    "America/La_Paz": "SA Western Standard Time",
    "America/Santiago": "Santiago de Chile | Pacific SA Standard Time",
    "America/Argentina/Buenos_Aires": "Argentina Standard Time",
    "America/Montevideo": "Montevideo Standard Time",
    "America/Asuncion": "Asunción | Paraguay Standard Time",
    "America/Sao_Paulo": "BRT | Brasília | Horário de Brasília"
    " | Hora de Brasília | Rio de Janeiro | Belo Horizonte"
    " | E. South America Standard Time",
    "America/Cuiaba": "Central Brazilian Standard Time",
    "America/Nuuk": "Greenland | Greenland Standard Time",
    "Europe/London": "Edinburgh | Londres | Londra"
    " | GMT Standard Time | Greenwich Mean Time (London) | UK",
    "Europe/Lisbon": "Lisboa | Lissabon | Lisbonne | Porto",
    "Europe/Berlin": "Munich | München | Hamburg | Frankfurt | Frankfurt am Main"
    " | Cologne | Köln | Stuttgart | Düsseldorf | Leipzig | Deutschland | Germany"
    " | W. Europe Standard Time",
    "Europe/Vienna": "Wien | Viena | Vienne",
    "Europe/Zurich": "Zürich | Bern | Geneva | Genf | Genève | Basel",
    "Europe/Paris": "París | Lyon | Marseille | Parigi | Romance Standard Time",
    "Europe/Brussels": "Bruxelles | Brüssel | Bruselas",
    "Europe/Madrid": "Barcelona | Madri",
    "Europe/Rome": "Roma | Rom | Milan | Milano | Mailand | Turin | Torino",
    "Europe/Copenhagen": "København | Kopenhagen",
    "Europe/Stockholm": "Göteborg | Gothenburg",
    "Europe/Warsaw": "Warszawa | Warschau | Kraków | Central European Standard Time",
    "Europe/Prague": "Praha | Prag | Praga | Praag",
    "Europe/Budapest": "Central Europe Standard Time",
    "Europe/Athens": "Athen | Athènes | Atenas",
    "Europe/Bucharest": "Bukarest | București | GTB Standard Time",
    "Europe/Kyiv": "Kiev | Kiew | FLE Standard Time",
    "Europe/Chisinau": "E. Europe Standard Time",
    "Europe/Moscow": "MSK | Moskau | Moscou | St. Petersburg | Russian Standard Time",
    "Europe/Istanbul": "TRT | Turkey Standard Time",
    "Atlantic/Azores": "Azores Standard Time",
    "Africa/Casablanca": "Morocco Standard Time",
    "Africa/Lagos": "W. Central Africa Standard Time",
    "Africa/Cairo": "Kairo | Le Caire | Egypt Standard Time",
    "Africa/Johannesburg": "SAST | Cape Town | Kapstadt | Pretoria"
    " | South Africa Standard Time",
    "Africa/Nairobi": "EAT | E. Africa Standard Time",
    "Asia/Jerusalem": "Tel Aviv | Israel Standard Time",
    "Asia/Riyadh": "Arab Standard Time",
    "Asia/Dubai": "Abu Dhabi | Arabian Standard Time",
    "Asia/Tehran": "Iran Standard Time",
    "Asia/Karachi": "PKT | Islamabad | Pakistan Standard Time",
    "Asia/Kolkata": "India | India Standard Time | New Delhi | Delhi | Mumbai"
    " | Bangalore | Bengaluru | Chennai | Pune | Calcutta",
    "Asia/Dhaka": "Bangladesh Standard Time",
    "Asia/Bangkok": "SE Asia Standard Time",
    "Asia/Ho_Chi_Minh": "Hanoi",
    "Asia/Shanghai": "Beijing | Peking | Pekín | Shenzhen | China Standard Time"
    " | 北京 | 上海",
    "Asia/Hong_Kong": "HKT | 香港",
    "Asia/Taipei": "Taipei Standard Time",
    "Asia/Singapore": "SGT | Singapur | Singapour | Singapore Standard Time",
    "Asia/Seoul": "KST | Korea Standard Time",
    "Asia/Tokyo": "JST | Tokio | Osaka | Sapporo | Japan Standard Time"
    " | Tokyo Standard Time | 日本 | 日本標準時 | 東京 | 大阪",
    "Australia/Perth": "AWST | W. Australia Standard Time",
    "Australia/Adelaide": "Cen. Australia Standard Time",
    "Australia/Darwin": "AUS Central Standard Time",
    "Australia/Brisbane": "E. Australia Standard Time",
    "Australia/Sydney": "AEDT | Canberra | AUS Eastern Standard Time",
    "Australia/Hobart": "Tasmania Standard Time",
    "Pacific/Auckland": "NZT | NZST | NZDT | Wellington | New Zealand Standard Time",
}

# In plain spelling: the last part of a zone's name, and of other places far from it.
SEVERAL_PLACES = {"west", "north", "south", "victoria", "samoa", "cordoba", "merida"}
