"""Exports and spreadsheets in German, Spanish, Portuguese, French and Japanese."""

from tests.reps.imports.corpus.file import FITS, File, Question, tabbed, written

FILES = [
    File(
        "salesforce-deutsch.csv",
        "German",
        ("encoding: Windows-1252", "decimal: comma", "day order: D/M/Y"),
        written(
            """
"Opportunity-ID";"Opportunity-Name";"Accountname";"Opportunity-Inhaber";"Phase";"Betrag";"Schlusstermin";"Erstelldatum";"Geschäftsperiode"
"0065g00000AbCdE";"Einführung";"Müller & Söhne";"Theo Lindqvist";"Geschlossen und gewonnen";"12.500,50";"02.11.2026";"31.08.2026";"Q4-2026"
"0065g00000AbCdF";"Ausbau";"Groß GmbH";"Jürgen Weiß";"Geschlossen und verloren";"8.000,00";"25.10.2026";"13.09.2026";"Q4-2026"
"0065g00000AbCdG";"Verlängerung";"Bäckerei Öz";"Jürgen Weiß";"Prospecting";"900,00";"20.12.2026";"03.10.2026";"Q4-2026"
""",
            encoding="cp1252",
            line_end="\r\n",
        ),
        source="Salesforce",
        currency="EUR",
        deals="""
0065g00000AbCdE | Theo Lindqvist | Müller & Söhne | Einführung | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
0065g00000AbCdF | Jürgen Weiß | Groß GmbH | Ausbau | Contract | lost | 8000.00 | 2026-09-13 | 2026-10-25
0065g00000AbCdG | Jürgen Weiß | Bäckerei Öz | Verlängerung | Prospecting | open | 900.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "hubspot-deutsch.csv",
        "German",
        ("encoding: UTF-8", "day order: ISO", "outcome in a label"),
        written(
            """
Datensatz-ID,Deal-Name,Deal-Phase,Abschlussdatum,Für Deal zuständiger Mitarbeiter,Betrag,Pipeline,Erstellungsdatum,Associated Company
9876543210,Einführung,Gewonnen (Vertriebspipeline),2026-11-02 10:00,Theo Lindqvist,12500.50,Vertriebspipeline,2026-08-31 09:12,Müller & Söhne
9876543211,Ausbau,Verloren (Vertriebspipeline),2026-11-05 16:30,Theo Lindqvist,8000,Vertriebspipeline,2026-09-03 11:00,Groß GmbH
"""
        ),
        source="HubSpot",
        deals="""
9876543210 | Theo Lindqvist | Müller & Söhne | Einführung | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
9876543211 | Theo Lindqvist | Groß GmbH | Ausbau | Contract | lost | 8000.00 | 2026-09-03 | 2026-11-05
""",
    ),
    File(
        "pipedrive-deutsch.csv",
        "German",
        ("outcome in a status", "delimiter: semicolon"),
        written(
            """
Deal - ID;Deal - Titel;Deal - Wert;Deal - Währung;Deal - Besitzer;Deal - Organisation;Deal - Kontaktperson;Deal - Phase;Deal - Status;Deal - Deal erstellt;Deal - Datum des gewonnenen Deals;Deal - Datum des verlorenen Deals;Deal - Verlustgrund;Deal - Erwartetes Abschlussdatum
17;Einführung;12500,5;EUR;Theo Lindqvist;Müller & Söhne;;Contract;Gewonnen;2026-08-31 09:12:33;2026-11-02 10:00:00;;;
18;Ausbau;8000;EUR;Theo Lindqvist;Groß GmbH;;Engaging;Verloren;2026-09-03 11:00:00;;2026-11-05 16:30:00;Preis;
19;Verlängerung;900;EUR;Theo Lindqvist;Bäckerei Öz;;Engaging;Offen;2026-10-03 09:00:00;;;;2026-12-20
"""
        ),
        source="Pipedrive",
        currency="EUR",
        deals="""
17 | Theo Lindqvist | Müller & Söhne | Einführung | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
18 | Theo Lindqvist | Groß GmbH | Ausbau | Engaging | lost | 8000.00 | 2026-09-03 | 2026-11-05
19 | Theo Lindqvist | Bäckerei Öz | Verlängerung | Engaging | open | 900.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "dynamics-365-deutsch.csv",
        "German",
        ("day order: D/M/Y", "a currency sign behind", "thousands: dot"),
        written(
            """
(Nicht ändern) Verkaufschance;(Nicht ändern) Zeilenprüfsumme;(Nicht ändern) Geändert am;Thema;Potenzieller Kunde;Gesch. Umsatz;Gesch. Abschlussdatum;Tatsächliches Abschlussdatum;Besitzer;Status;Pipelinephase;Erstellt am
d3b9f0c2-6f0e-4c59-9f0b-3c1f7a1f2b11;Zm9v/4Q==;02.11.2026 10:00;Einführung;Müller & Söhne;12.500,50 €;31.10.2026;02.11.2026;Theo Lindqvist;Gewonnen;3-Contract;31.08.2026 09:12
d3b9f0c2-6f0e-4c59-9f0b-3c1f7a1f2b13;Zm9v/4S==;03.10.2026 09:00;Verlängerung;Bäckerei Öz;900,00 €;20.12.2026;;Theo Lindqvist;Offen;1-Prospecting;03.10.2026 09:00
""",
            encoding="utf-8-sig",
        ),
        source="Dynamics 365",
        currency="EUR",
        asks=(
            Question(
                "days",
                "Tatsächliches Abschlussdatum",
                ("02.11.2026 = 2026-11-02", "02.11.2026 = 2026-02-11"),
            ),
        ),
        answers={"days": {"Tatsächliches Abschlussdatum": "dmy"}},
        deals="""
d3b9f0c2-6f0e-4c59-9f0b-3c1f7a1f2b11 | Theo Lindqvist | Müller & Söhne | Einführung | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
d3b9f0c2-6f0e-4c59-9f0b-3c1f7a1f2b13 | Theo Lindqvist | Bäckerei Öz | Verlängerung | Prospecting | open | 900.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "umsatzliste.csv",
        "German",
        ("title lines", "foot: a total", "encoding: Windows-1252", "short dates"),
        written(
            """
Umsatzliste Vertrieb Nord;;;;;
Stand: 12.11.2026;;;;;
;;;;;
Kunde;Projekt;Verkäufer;Status;Auftragswert;Abschlussdatum
Müller & Söhne;Einführung;Lindqvist, Theo;gewonnen;12.500,50 €;2.11.26
Groß GmbH;Ausbau;Weiß, Jürgen;verloren;8.000,00 €;25.10.26
Bäckerei Öz;Verlängerung;Weiß, Jürgen;in Bearbeitung;;20.12.26
Gesamt;;;;20.500,50 €;
""",
            encoding="cp1252",
            line_end="\r\n",
        ),
        currency="EUR",
        deals="""
* | Theo Lindqvist | Müller & Söhne | Einführung | Contract | won | 12500.50 | - | 2026-11-02
* | Weiß, Jürgen | Groß GmbH | Ausbau | Contract | lost | 8000.00 | - | 2026-10-25
* | Weiß, Jürgen | Bäckerei Öz | Verlängerung | Prospecting | open | ~10000.00 | - | 2026-12-20
""",
        feet=("Gesamt, 20.500,50 €",),
    ),
    File(
        "salesforce-espanol.csv",
        "Spanish",
        ("encoding: UTF-8 with BOM", "day order: D/M/Y", "foot: copyright"),
        written(
            """
"Id. de oportunidad","Nombre de la oportunidad","Nombre de la cuenta","Propietario de oportunidad","Etapa","Importe","Fecha de cierre","Fecha de creación","Período fiscal"
"0065g00000AbCdE","Piloto","Peña e Hijos","Ana Ruiz","Cerrada ganada","12500,5","2/11/2026","31/8/2026","T4-2026"
"0065g00000AbCdF","Ampliación","Logroño S.A.","José Núñez","Cerrada perdida","8000","25/10/2026","13/9/2026","T4-2026"

"Oportunidades de este trimestre"
"Copyright (c) 2000-2026 salesforce.com, inc. Todos los derechos reservados."
"Información confidencial - No distribuir"
""",
            encoding="utf-8-sig",
        ),
        source="Salesforce",
        currency="EUR",
        asks=(
            Question(
                "owner",
                "Ana Ruiz",
                (
                    "Ana Ruiz (ana@harbor.example)",
                    "Ana Ruiz (ruiz@harbor.example)",
                ),
            ),
        ),
        answers={"owners": {"Ana Ruiz": "ruiz@harbor.example"}},
        deals="""
0065g00000AbCdE | Ana Ruiz | Peña e Hijos | Piloto | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
0065g00000AbCdF | José Núñez | Logroño S.A. | Ampliación | Contract | lost | 8000.00 | 2026-09-13 | 2026-10-25
""",
        feet=(
            "Oportunidades de este trimestre",
            "Copyright (c) 2000-2026 salesforce.com, inc. Todos los derechos reservados.",
            "Información confidencial - No distribuir",
        ),
    ),
    File(
        "pipedrive-espanol.csv",
        "Spanish",
        ("outcome in a status", "day order: ISO"),
        written(
            """
Trato - ID,Trato - Título,Trato - Valor,Trato - Moneda,Trato - Propietario,Trato - Organización,Trato - Persona de contacto,Trato - Etapa,Trato - Estado,Trato - Trato creado,Trato - Fecha prevista de cierre
18,Ampliación,8000,EUR,José Núñez,Logroño S.A.,,Engaging,Abierto,2026-09-03 11:00:00,2026-12-15
19,Renovación,900,EUR,José Núñez,Ibáñez,,Prospecting,Abierto,2026-10-03 09:00:00,2026-12-20
"""
        ),
        source="Pipedrive",
        currency="EUR",
        deals="""
18 | José Núñez | Logroño S.A. | Ampliación | Engaging | open | 8000.00 | 2026-09-03 | 2026-12-15
19 | José Núñez | Ibáñez | Renovación | Prospecting | open | 900.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "ventas.csv",
        "Spanish",
        ("encoding: Mac Roman", "decimal: comma", "day in words"),
        written(
            """
Cliente;Negocio;Vendedor;Resultado;Importe;Fecha de cierre
Peña e Hijos;Piloto;José Núñez;Ganado;12.500,50 €;2 de noviembre de 2026
Logroño S.A.;Ampliación;José Núñez;Perdido;8.000,00 €;5 nov 2026
""",
            encoding="mac_roman",
        ),
        currency="EUR",
        deals="""
* | José Núñez | Peña e Hijos | Piloto | Contract | won | 12500.50 | - | 2026-11-02
* | José Núñez | Logroño S.A. | Ampliación | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "pipedrive-portugues.csv",
        "Portuguese",
        ("outcome in a status", "a currency column"),
        written(
            """
Negócio - ID,Negócio - Título,Negócio - Valor,Negócio - Moeda,Negócio - Proprietário,Negócio - Organização,Negócio - Pessoa de contato,Negócio - Etapa,Negócio - Status,Negócio - Negócio criado em,Negócio - Ganho em,Negócio - Data de perda,Negócio - Motivo da perda,Negócio - Data de fechamento esperada
17,Piloto,12500.5,BRL,João Assunção,Irmãos Leão,,Contract,Ganho,2026-08-31 09:12:33,2026-11-02 10:00:00,,,
18,Expansão,8000,BRL,João Assunção,Conceição Ltda,,Engaging,Perdido,2026-09-03 11:00:00,,2026-11-05 16:30:00,Preço,
19,Renovação,900,BRL,João Assunção,Pão & Cia,,Prospecting,Aberto,2026-10-03 09:00:00,,,,2026-12-20
"""
        ),
        source="Pipedrive",
        currency="BRL",
        deals="""
17 | João Assunção | Irmãos Leão | Piloto | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
18 | João Assunção | Conceição Ltda | Expansão | Engaging | lost | 8000.00 | 2026-09-03 | 2026-11-05
19 | João Assunção | Pão & Cia | Renovação | Prospecting | open | 900.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "vendas.csv",
        "Portuguese",
        ("encoding: Windows-1252", "a currency sign", "day order: D/M/Y"),
        written(
            """
Empresa;Oportunidade;Responsável;Situação;Valor;Data de fechamento
Irmãos Leão;Piloto;João Assunção;Ganha;R$ 12.500,50;02/11/2026
Conceição Ltda;Expansão;João Assunção;Perdida;R$ 8.000,00;25/10/2026
Pão & Cia;Renovação;João Assunção;Em andamento;R$ 900,00;20/12/2026
Total geral;;;;R$ 21.400,50;
""",
            encoding="cp1252",
        ),
        currency="BRL",
        deals="""
* | João Assunção | Irmãos Leão | Piloto | Contract | won | 12500.50 | - | 2026-11-02
* | João Assunção | Conceição Ltda | Expansão | Contract | lost | 8000.00 | - | 2026-10-25
* | João Assunção | Pão & Cia | Renovação | Prospecting | open | 900.00 | - | 2026-12-20
""",
        feet=("Total geral, R$ 21.400,50",),
    ),
    File(
        "salesforce-francais.csv",
        "French",
        ("thousands: no-break space", "decimal: comma", "day order: D/M/Y"),
        written(
            """
"ID de l'opportunité";"Nom de l'opportunité";"Nom du compte";"Propriétaire de l'opportunité";"Étape";"Montant";"Date de clôture";"Date de création";"Période fiscale"
"0065g00000AbCdE";"Pilote";"Crédit Été";"Théo Lindqvist";"Fermée gagnée";"12\xa0500,50";"02/11/2026";"31/08/2026";"T4-2026"
"0065g00000AbCdF";"Extension";"Forêt S.A.R.L.";"Théo Lindqvist";"Fermée perdue";"8\xa0000,00";"25/10/2026";"13/09/2026";"T4-2026"
"0065g00000AbCdG";"Renouvellement";"Hôtel Noël";"Hélène Dùpont";"Engaging";"900,00";"20/12/2026";"03/10/2026";"T4-2026"
""",
            encoding="cp1252",
        ),
        source="Salesforce",
        currency="EUR",
        deals="""
0065g00000AbCdE | Theo Lindqvist | Crédit Été | Pilote | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
0065g00000AbCdF | Theo Lindqvist | Forêt S.A.R.L. | Extension | Contract | lost | 8000.00 | 2026-09-13 | 2026-10-25
0065g00000AbCdG | Hélène Dùpont | Hôtel Noël | Renouvellement | Engaging | open | 900.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "ventes.csv",
        "French",
        ("thousands: narrow no-break space", "a currency sign behind", "day in words"),
        tabbed(
            """
Société→Affaire→Commercial→Statut→Montant→Date de clôture
Crédit Été→Pilote→Théo Lindqvist→Gagnée→12\u202f500,50\u202f€→2 novembre 2026
Forêt S.A.R.L.→Extension→Théo Lindqvist→Perdue→8\u202f000,00\u202f€→5 nov. 2026
Hôtel Noël→Renouvellement→Théo Lindqvist→En cours→900,00\u202f€→20 déc. 2026
""",
            encoding="utf-16",
        ),
        currency="EUR",
        deals="""
* | Theo Lindqvist | Crédit Été | Pilote | Contract | won | 12500.50 | - | 2026-11-02
* | Theo Lindqvist | Forêt S.A.R.L. | Extension | Contract | lost | 8000.00 | - | 2026-11-05
* | Theo Lindqvist | Hôtel Noël | Renouvellement | Prospecting | open | 900.00 | - | 2026-12-20
""",
    ),
    File(
        "zoho-francais.csv",
        "French",
        ("a currency sign", "day order: ISO"),
        written(
            """
Record Id,Propriétaire de l'affaire,Montant,Nom de l'affaire,Date de clôture,Nom du compte,Étape,Heure de création,Layout.id
zcrm_4150868000001234567,Theo Lindqvist,"€ 12500,5",Pilote,2026-11-02,Crédit Été,Clôturée gagnée,2026-08-31 09:12:33,1
zcrm_4150868000001234568,Theo Lindqvist,€ 8000,Extension,2026-11-05,Forêt S.A.R.L.,Clôturée perdue,2026-09-03 11:00:00,1
"""
        ),
        source="Zoho",
        currency="EUR",
        deals="""
zcrm_4150868000001234567 | Theo Lindqvist | Crédit Été | Pilote | Contract | won | 12500.50 | 2026-08-31 | 2026-11-02
zcrm_4150868000001234568 | Theo Lindqvist | Forêt S.A.R.L. | Extension | Contract | lost | 8000.00 | 2026-09-03 | 2026-11-05
""",
    ),
    File(
        "salesforce-nihongo.csv",
        "Japanese",
        ("day order: Japanese", "a currency sign", "encoding: UTF-8 with BOM"),
        written(
            """
"商談 ID","商談名","取引先名","商談 所有者","フェーズ","金額","完了予定日","作成日","会計期間"
"0065g00000AbCdE","導入","株式会社ひばり","佐藤 健","受注","¥1,250,050","2026/11/02","2026/08/31","Q4-2026"
"0065g00000AbCdF","拡大","うずら商事","佐藤 健","失注","¥800,000","2026/11/05","2026/09/03","Q4-2026"
"0065g00000AbCdG","更新","つばめ工業","佐藤 健","Engaging","¥90,000","2026/12/20","2026/10/03","Q4-2026"
""",
            encoding="utf-8-sig",
            line_end="\r\n",
        ),
        source="Salesforce",
        currency="JPY",
        deals="""
0065g00000AbCdE | 佐藤 健 | 株式会社ひばり | 導入 | Contract | won | 1250050.00 | 2026-08-31 | 2026-11-02
0065g00000AbCdF | 佐藤 健 | うずら商事 | 拡大 | Contract | lost | 800000.00 | 2026-09-03 | 2026-11-05
0065g00000AbCdG | 佐藤 健 | つばめ工業 | 更新 | Engaging | open | 90000.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "hubspot-nihongo.csv",
        "Japanese",
        ("encoding: UTF-8", "an unknown stage"),
        written(
            """
レコードID,取引名,取引ステージ,クローズ日,取引担当者,金額,パイプライン,作成日,Associated Company
9876543210,導入,受注 (営業パイプライン),2026-11-02 10:00,佐藤 健,1250050,営業パイプライン,2026-08-31 09:12,株式会社ひばり
9876543212,更新,提案 (営業パイプライン),2026-12-20 10:00,佐藤 健,90000,営業パイプライン,2026-10-03 09:00,つばめ工業
"""
        ),
        source="HubSpot",
        currency="JPY",
        asks=(Question("stage", "提案 (営業パイプライン)", FITS),),
        answers={"stages": {"提案 (営業パイプライン)": "Engaging"}},
        deals="""
9876543210 | 佐藤 健 | 株式会社ひばり | 導入 | Contract | won | 1250050.00 | 2026-08-31 | 2026-11-02
9876543212 | 佐藤 健 | つばめ工業 | 更新 | Engaging | open | 90000.00 | 2026-10-03 | 2026-12-20
""",
    ),
    File(
        "anken.csv",
        "Japanese",
        ("day in words", "full-width figures", "title lines", "delimiter: tab"),
        tabbed(
            """
案件一覧
出力日→2026年11月12日

顧客名→案件名→営業担当者→結果→受注金額→クローズ日
株式会社ひばり→導入→佐藤 健→受注→１，２５０，０５０円→２０２６年１１月２日
うずら商事→拡大→佐藤 健→失注→800,000円→2026年11月5日
つばめ工業→更新→佐藤 健→進行中→90,000円→2026年12月20日
"""
        ),
        currency="JPY",
        deals="""
* | 佐藤 健 | 株式会社ひばり | 導入 | Contract | won | 1250050.00 | - | 2026-11-02
* | 佐藤 健 | うずら商事 | 拡大 | Contract | lost | 800000.00 | - | 2026-11-05
* | 佐藤 健 | つばめ工業 | 更新 | Prospecting | open | 90000.00 | - | 2026-12-20
""",
    ),
]
