"""The words people put over the columns of their own spreadsheets.

Between bars, the better first where two of them may stand side by side; in English,
German, Spanish, Portuguese, French and Japanese. Case, accents, spaces and signs do not
matter, and "#" is "no".
"""

from reps.domain.files.fields import Fact, Kind

SELLER = (
    "Owner | Rep | Sales Rep | AE | Account Executive | Salesperson | Sales Agent"
    " | Sales Representative | Seller | Assigned To | Responsible | Verkäufer"
    " | Vertriebler | Vertriebsmitarbeiter | Besitzer | Inhaber | Zuständig"
    " | Verantwortlich | Vendedor | Comercial | Propietario | Responsable | Responsável"
    " | Proprietário | Commercial | Propriétaire | 担当 | 担当者 | 営業担当"
    " | 営業担当者 | 所有者"
)
SELLER_EMAIL = (
    "Owner Email | Rep Email | Sales Rep Email | AE Email | Seller Email"
    " | Salesperson Email | Assigned To Email | E-Mail des Verkäufers"
    " | Correo del vendedor | E-mail do vendedor | E-mail du commercial | 担当者メール"
)
A_PERSON = (
    "Name | Full Name | Employee | Employee Name | Person | User | Mitarbeiter"
    " | Vollständiger Name | Nombre | Nombre completo | Empleado | Nome"
    " | Nome completo | Nom | Nom complet | Collaborateur | 氏名 | 名前 | 社員名"
)
AN_EMAIL = (
    "Email | E-mail | Email Address | Work Email | Mail | E-Mail-Adresse | Correo"
    " | Correo electrónico | Courriel | Adresse e-mail | メール | メールアドレス"
)
MONEY_IN = "Currency | Währung | Moneda | Divisa | Moeda | Devise | 通貨"
A_YEAR = (
    "Year | Fiscal Year | FY | Jahr | Geschäftsjahr | Año | Ano | Année | 年度 | 年"
)

DEALS = {
    Fact.KEY: "Deal ID | Opportunity ID | Opp ID | ID | Deal No | Deal Number | No"
    " | Number | Nummer | Número | Numéro | 案件番号 | 案件ID | 番号",
    Fact.OWNER: SELLER,
    Fact.OWNER_EMAIL: SELLER_EMAIL,
    Fact.TITLE: "Deal | Deal Name | Opp | Opp Name | Opportunity | Opportunity Name"
    " | Title | Name | Project | Titel | Bezeichnung | Projekt | Verkaufschance"
    " | Oportunidad | Negocio | Trato | Título | Nombre | Oportunidade | Nome"
    " | Affaire | Opportunité | Titre | Nom | 案件名 | 案件 | 商談名 | 商談 | 件名",
    Fact.ACCOUNT: "Account | Account Name | Company | Company Name | Customer"
    " | Customer Name | Client | Client Name | Organization | Organisation | Prospect"
    " | Kunde | Kundenname | Firma | Unternehmen | Cliente | Empresa | Cuenta | Conta"
    " | Société | Entreprise | Compte | 会社名 | 会社 | 顧客名 | 顧客 | 取引先"
    " | 企業名",
    Fact.PRODUCT: "Product | Product Name | Produkt | Producto | Produto | Produit"
    " | 製品 | 商品",
    Fact.AMOUNT: "Amount | Value | Deal Value | Deal Size | ARR | ACV | TCV | Revenue"
    " | Total | Betrag | Wert | Auftragswert | Umsatz | Volumen | Importe | Valor"
    " | Monto | Montant | Valeur | CA | Chiffre d'affaires | 金額 | 受注金額"
    " | 見込金額 | 売上",
    Fact.CURRENCY: MONEY_IN,
    Fact.STAGE: "Stage | Deal Stage | Pipeline Stage | Sales Stage | Phase"
    " | Vertriebsphase | Etapa | Fase | Estágio | Étape | フェーズ | ステージ | 段階",
    Fact.OUTCOME: "Status | Outcome | Result | Won/Lost | Win/Loss | Won or Lost"
    " | Ergebnis | Gewonnen/Verloren | Estado | Resultado | Situação | Statut"
    " | Résultat | ステータス | 状況 | 結果 | 受注/失注",
    Fact.IS_WON: "Won | Is Won | Gewonnen | Ganado | Ganho | Gagné",
    Fact.IS_LOST: "Lost | Is Lost | Verloren | Perdido | Perdu",
    Fact.IS_CLOSED: "Closed | Is Closed | Geschlossen | Cerrado | Fechado | Fermé",
    Fact.PROBABILITY: "Probability | Win Probability | Win Rate | Confidence"
    " | Wahrscheinlichkeit | Probabilidad | Probabilidade | Probabilité | 確度"
    " | 受注確度",
    Fact.OPENED_ON: "Created | Created Date | Created On | Created At | Create Date"
    " | Date Created | Creation Date | Opened | Opened On | Open Date | Start Date"
    " | Erstellt | Erstellt am | Erstelldatum | Angelegt am | Creado"
    " | Fecha de creación | Criado em | Data de criação | Créé le | Date de création"
    " | 作成日 | 登録日",
    Fact.IN_STAGE_SINCE: "In Stage Since | Stage Since | Last Stage Change"
    " | Stage Change Date | In Phase seit",
    Fact.CLOSE_ON: "Close | Close Date | Closing | Closing Date | Abschluss"
    " | Abschlussdatum | Cierre | Fecha de cierre | Fechamento | Data de fechamento"
    " | Clôture | Date de clôture | クローズ日",
    Fact.EXPECTED_CLOSE_ON: "Expected Close | Expected Close Date | Est. Close"
    " | Est. Close Date | Estimated Close | Estimated Close Date | Forecast Date"
    " | Erwarteter Abschluss | Voraussichtlicher Abschluss | Cierre previsto"
    " | Fecha prevista de cierre | Previsão de fechamento | Clôture prévue"
    " | Date de clôture prévue | 受注予定日 | 完了予定日",
    Fact.CLOSED_ON: "Closed On | Closed Date | Date Closed | Actual Close"
    " | Actual Close Date | Closed | Abgeschlossen am | Cerrado el | Fechado em"
    " | Clôturé le | 完了日",
    Fact.WON_ON: "Won On | Won Date | Win Date | Date Won | Gewonnen am | Ganado el"
    " | Ganho em | Gagné le | 受注日 | Won",
    Fact.LOST_ON: "Lost On | Lost Date | Date Lost | Verloren am | Perdido el"
    " | Perdido em | Perdu le | 失注日 | Lost",
    Fact.LOST_REASON: "Loss Reason | Lost Reason | Reason Lost | Reason for Loss"
    " | Closed Lost Reason | Verlustgrund | Motivo de pérdida | Motivo da perda"
    " | Raison de la perte | Motif de perte | 失注理由",
    Fact.LEAD_SOURCE: "Source | Lead Source | Channel | Quelle | Lead-Quelle | Origen"
    " | Fuente | Origem | Fonte | Origine | リードソース | 流入経路",
}

# "Name" beside "Vorname" is the last name only: see `guess`.
PEOPLE = {
    Fact.FIRST_NAME: "First Name | Given Name | Vorname | Primeiro nome | Prénom"
    " | Nombre | Nome | 名",
    Fact.LAST_NAME: "Last Name | Surname | Family Name | Nachname | Familienname"
    " | Apellidos | Apellido | Sobrenome | Nom de famille | 姓 | Nom | Name",
    Fact.NAME: f"{A_PERSON} | {SELLER} | Display Name | Surname | Last Name | Nachname",
    Fact.EMAIL: f"{AN_EMAIL} | {SELLER_EMAIL} | Username | User Email",
    Fact.TEAM: "Team | Team Name | Sales Team | Group | Department | Regional Office"
    " | Abteilung | Gruppe | Equipo | Departamento | Equipe | Département | チーム"
    " | 部署 | 所属",
    Fact.TEAM_ABOVE: "Team Above | Parent Team | Part Of | Division"
    " | Übergeordnetes Team | Equipo superior | Equipe superior | Équipe parente"
    " | 上位部署",
    Fact.MANAGER: "Manager | Manager Name | Sales Manager | Reports To | Supervisor"
    " | Team Lead | Team Leader | Boss | Vorgesetzter | Vorgesetzte | Teamleiter"
    " | Teamleitung | Führungskraft | Jefe | Gerente | Gestor | Responsable | Chef"
    " | 上司 | マネージャー",
    Fact.MANAGER_EMAIL: "Manager Email | Manager's Email | Supervisor Email"
    " | Reports To Email | Team Lead Email | E-Mail des Vorgesetzten"
    " | Correo del jefe | Correo del gerente | E-mail do gestor | E-mail do gerente"
    " | E-mail du manager | E-mail du responsable | 上司メール",
    Fact.SELLS: "Sells | Carries Quota | Quota Carrier | Quota Carrying | Verkauft"
    " | Vende | Vend",
    Fact.TIME_ZONE: "Time Zone | Zeitzone | Zona horaria | Fuso horário"
    " | Fuseau horaire | タイムゾーン",
    Fact.JOINED_ON: "Start Date | Starts On | Hire Date | Hired On | Joined | Joined On"
    " | Date of Joining | Eintritt | Eintrittsdatum | Startdatum | Fecha de ingreso"
    " | Fecha de alta | Fecha de inicio | Data de admissão | Data de início"
    " | Date d'entrée | Date d'embauche | 入社日",
    Fact.LEFT_ON: "End Date | Ends On | Left | Left On | Leaving Date"
    " | Termination Date | Austritt | Austrittsdatum | Fecha de baja | Fecha de fin"
    " | Data de saída | Data de desligamento | Date de sortie | Date de départ"
    " | 退社日 | 退職日",
}

WHOSE = {
    Fact.OWNER: f"{SELLER} | {A_PERSON} | Quota Owner | Agent | Caller | Host"
    " | Organizer | Done By | Performed By | Logged By | Completed By",
    Fact.OWNER_EMAIL: f"{SELLER_EMAIL} | {AN_EMAIL}",
}
QUOTA = (
    "Quota | Quota Amount | Target | Sales Target | Goal | Amount | Budget | Ziel"
    " | Zielumsatz | Vorgabe | Soll | Cuota | Objetivo | Meta | Cota | Objectif | 目標"
    " | 目標金額 | ノルマ | 予算 | Sales Quota | Quota Target | Revenue Target"
    " | Goal Target | Target Amount | Goal Amount | Zielvorgabe | Umsatzziel | Zielwert"
)

QUOTAS = {
    **WHOSE,
    Fact.QUARTER: "Quarter | Fiscal Quarter | Qtr | Period | Period Start | Quartal"
    " | Zeitraum | Trimestre | Periodo | Período | Início do período | Période | 四半期"
    " | 期間 | Fiscal Period | Quota Period | Quarter Start | Quarter Start Date"
    " | Quarter Starting | Quarter Begins | Goal Start | Start Date | StartDate",
    Fact.YEAR: A_YEAR,
    Fact.AMOUNT: QUOTA,
    Fact.CURRENCY: MONEY_IN,
    Fact.STARTS_ON: "Starts On | Start Date | From | Effective From | Effective Date"
    " | Gültig ab | Ab | Desde | A partir de | À partir du | 開始日",
    Fact.RAMP: "Ramp | Ramp Factor | Ramp Rate | Einarbeitung | Rampa | Montée",
}

QUOTA_GRID = {**WHOSE, Fact.YEAR: A_YEAR, Fact.CURRENCY: MONEY_IN}

WHICH_ACTIVITY = (
    "Activity | Activity Type | Type | Kind | Aktivität | Aktivitätstyp | Art | Typ"
    " | Actividad | Tipo de actividad | Atividade | Tipo de atividade | Tipo | Activité"
    " | Type d'activité | 活動 | 活動種別 | 種別"
)
A_DAY = (
    "Date | Day | Activity Date | Completed On | Completed Date | Done On | Logged On"
    " | Datum | Tag | Fecha | Día | Data | Dia | Jour | Date d'activité | 日付 | 活動日"
)

ACTIVITY_COUNTS = {
    **WHOSE,
    Fact.WEEK: "Week | Week Of | Week Starting | Week Commencing | Week Beginning | KW"
    " | Woche | Kalenderwoche | Semana | Semana del | Semaine | Semaine du | 週"
    " | Week Start | Week Start Date | Week No | Week Number | Week Begins | Wk | W/C"
    " | Week Ending | Week End | ISO Week | Calendar Week | Kalenderwoche Nr"
    " | Woche ab | Wochenbeginn | Número de semana | Numéro de semaine | 週番号",
    Fact.YEAR: A_YEAR,
    Fact.DAY: A_DAY,
    Fact.ACTIVITY: WHICH_ACTIVITY,
    Fact.COUNT: "Count | Number | How Many | Quantity | Qty | Total | Done | Anzahl"
    " | Menge | Cantidad | Número | Quantidade | Qtd | Nombre | Quantité | 件数 | 回数"
    " | 数 | Activities | Activity Count | No of Activities | No Activities"
    " | Number of Activities | Total Activities | Completed | Anzahl Aktivitäten",
}

ACTIVITY_LOG = {
    **WHOSE,
    Fact.KEY: "ID | Activity ID | Task ID",
    Fact.DAY: f"{A_DAY} | Completed At | Done At | Logged At | Call Date | Meeting Date"
    " | Event Date | Timestamp | Date/Time | When | Start | Start Time | Created"
    " | Created At | Created On | Created Date | Date Created | Erstellt am",
    Fact.ACTIVITY: f"{WHICH_ACTIVITY} | Engagement Type | Interaction Type | Task Type"
    " | Event Type | Meeting Type",
    Fact.IS_DONE: "Done | Completed | Status | Erledigt | Hecho | Completada | Estado"
    " | Concluída | Feito | Terminé | Fait | Statut | 完了 | ステータス",
}

PRODUCTS = {
    Fact.PRODUCT: "Product | Product Name | Item | Name | Produkt | Produktname"
    " | Artikel | Bezeichnung | Producto | Artículo | Nombre | Produto | Nome | Produit"
    " | Article | Nom | 製品名 | 製品 | 商品名 | 商品",
    Fact.PRICE: "List Price | Sales Price | Price | Unit Price | Standard Price"
    " | Listenpreis | Preis | Stückpreis | Precio de lista | Precio | Precio unitario"
    " | Preço de tabela | Preço | Preço unitário | Prix catalogue | Prix"
    " | Prix unitaire | Tarif | 定価 | 標準価格 | 価格 | 単価",
    Fact.CURRENCY: MONEY_IN,
}

SHEET_WORDS: dict[Kind, dict[Fact, str]] = {
    Kind.DEALS: DEALS,
    Kind.PEOPLE: PEOPLE,
    Kind.QUOTAS: QUOTAS,
    Kind.QUOTA_GRID: QUOTA_GRID,
    Kind.ACTIVITY_COUNTS: ACTIVITY_COUNTS,
    Kind.ACTIVITY_LOG: ACTIVITY_LOG,
    Kind.PRODUCTS: PRODUCTS,
}
