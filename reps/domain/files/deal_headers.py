"""The headers over deals in the exports of each system, as they stand in the files.

Between bars, the better first where two of them may stand side by side; in English, as
the system's own programs name them, and then in German, Spanish, Portuguese, French and
Japanese. Case, accents, spaces and signs do not matter.
"""

from reps.domain.files.fields import Fact
from reps.domain.files.systems import System

SALESFORCE = {
    Fact.KEY: "Opportunity ID | Id | Case Safe ID | Opportunity-ID"
    " | Id. de oportunidad | Identificador de la oportunidad | ID da oportunidade"
    " | ID de l'opportunité | ID d'opportunité | 商談 ID",
    Fact.TITLE: "Opportunity Name | Name | Opportunity-Name | Nombre de la oportunidad"
    " | Nombre de oportunidad | Nome da oportunidade | Nom de l'opportunité"
    " | Nom d'opportunité | 商談名",
    Fact.ACCOUNT: "Account Name | Account.Name | Account: Account Name | Accountname"
    " | Nombre de la cuenta | Nombre de cuenta | Nome da conta | Nom du compte"
    " | 取引先名 | 取引先",
    Fact.PRODUCT: "Product Name | Product2.Name | Produktname | Nombre del producto"
    " | Nome do produto | Nom du produit | 商品名",
    Fact.OWNER: "Opportunity Owner | Owner.Name | Owner Full Name"
    " | Opportunity Owner: Full Name | Opportunity-Inhaber"
    " | Propietario de oportunidad | Propietario de la oportunidad"
    " | Propietario de oportunidad: Nombre completo | Proprietário da oportunidade"
    " | Propriétaire de l'opportunité | 商談 所有者 | 商談所有者",
    Fact.OWNER_EMAIL: "Opportunity Owner Email | Owner.Email"
    " | Opportunity Owner: Email | Owner: Email",
    Fact.AMOUNT: "Amount | Betrag | Importe | Valor | Montant | 金額",
    Fact.CURRENCY: "Amount Currency | CurrencyIsoCode | Opportunity Currency"
    " | Betrag Währung | Importe Divisa | Valor Moeda | Montant Devise | 金額 通貨",
    Fact.STAGE: "Stage | StageName | Phase | Etapa | Fase | Étape | フェーズ",
    Fact.IS_WON: "Won | IsWon | Gewonnen | Ganada | Ganha | Gagnée | 成立",
    Fact.IS_CLOSED: "Closed | IsClosed | Geschlossen | Cerrada | Fechada | Fermée"
    " | 完了",
    Fact.PROBABILITY: "Probability (%) | Wahrscheinlichkeit (%) | Probabilidad (%)"
    " | Probabilidade (%) | Probabilité (%) | 確度 (%)",
    Fact.OPENED_ON: "Created Date | Erstelldatum | Fecha de creación | Data de criação"
    " | Date de création | 作成日",
    Fact.IN_STAGE_SINCE: "Last Stage Change Date | Stage Change Date",
    Fact.CLOSE_ON: "Close Date | Schlusstermin | Fecha de cierre | Data de fechamento"
    " | Date de clôture | 完了予定日",
    Fact.LOST_REASON: "Loss Reason | Closed Lost Reason | Lost Reason | Loss_Reason__c",
    Fact.LEAD_SOURCE: "Lead Source | Lead-Quelle | Origen del prospecto"
    " | Origen del candidato | Origem do lead | Origine de la piste | リードソース",
}

HUBSPOT = {
    Fact.KEY: "Record ID | Deal ID | hs_object_id | Datensatz-ID | ID de registro"
    " | ID do registro | ID de fiche d'informations | レコードID",
    Fact.TITLE: "Deal Name | Deal-Name | Nombre del negocio | Nome do negócio"
    " | Nom de la transaction | 取引名",
    Fact.ACCOUNT: "Associated Company (Primary) | Associated Company"
    " | Associated Company Names | Primary Company | Zugeordnetes Unternehmen"
    " | Zugehöriges Unternehmen",
    Fact.OWNER: "Deal owner | Für Deal zuständiger Mitarbeiter | Deal-Inhaber"
    " | Zuständiger Mitarbeiter"
    " | Propietario del negocio | Proprietário do negócio"
    " | Propriétaire de la transaction | 取引担当者",
    Fact.AMOUNT: "Amount | Amount in company currency | Betrag | Dealwert | Valor"
    " | Valor do negócio | Importe | Montant | 金額 | 合計売上",
    Fact.CURRENCY: "Currency | deal_currency_code | Währung | Moneda | Moeda | Devise"
    " | 通貨",
    Fact.STAGE: "Deal Stage | Deal-Phase | Etapa del negocio | Fase del negocio"
    " | Etapa do negócio | Fase do negócio | Phase de la transaction | 取引ステージ",
    Fact.IS_WON: "Is Closed Won | hs_is_closed_won",
    Fact.IS_LOST: "Is closed lost | hs_is_closed_lost",
    Fact.IS_CLOSED: "Is Deal Closed? | hs_is_closed",
    Fact.PROBABILITY: "Deal probability | hs_deal_stage_probability"
    " | Deal-Wahrscheinlichkeit | Probabilidad del negocio | Probabilidade do negócio"
    " | Probabilité de la transaction",
    Fact.OPENED_ON: "Create Date | Erstellungsdatum | Fecha de creación"
    " | Data de criação | Date de création | 作成日",
    Fact.IN_STAGE_SINCE: "Date entered current stage"
    " | hs_v2_date_entered_current_stage",
    Fact.CLOSE_ON: "Close Date | Abschlussdatum | Fecha de cierre | Data de fechamento"
    " | Date de fermeture | Date de clôture | クローズ日",
    Fact.LOST_REASON: "Closed Lost Reason | Motivo de pérdida | Motivo da perda",
    Fact.LEAD_SOURCE: "Original Source Type | Original Traffic Source"
    " | Original Source | hs_analytics_source | Deal source",
}

PIPEDRIVE = {
    Fact.KEY: "Deal - ID | Deal - Pipedrive System ID | Trato - ID | Negócio - ID"
    " | Affaire - ID",
    Fact.TITLE: "Deal - Title | Deal - Titel | Trato - Título | Negócio - Título"
    " | Affaire - Titre",
    Fact.ACCOUNT: "Deal - Organization | Organization - Name | Organization"
    " | Deal - Organisation | Organisation - Name | Trato - Organización"
    " | Organización - Nombre | Negócio - Organização | Organização - Nome"
    " | Affaire - Organisation | Organisation - Nom",
    Fact.PRODUCT: "Deal - Product name | Negócio - Nome do produto",
    Fact.OWNER: "Deal - Owner | Deal - Besitzer | Trato - Propietario"
    " | Negócio - Proprietário | Affaire - Propriétaire",
    Fact.AMOUNT: "Deal - Value | Deal - Wert | Trato - Valor | Negócio - Valor"
    " | Affaire - Valeur",
    Fact.CURRENCY: "Deal - Currency | Deal - Currency of value | Deal - Währung"
    " | Trato - Moneda | Negócio - Moeda | Affaire - Devise",
    Fact.STAGE: "Deal - Stage | Deal - Stage (pipeline) | Deal - Phase | Trato - Etapa"
    " | Negócio - Etapa | Affaire - Étape",
    Fact.OUTCOME: "Deal - Status | Trato - Estado | Negócio - Status"
    " | Affaire - Statut",
    Fact.PROBABILITY: "Deal - Probability | Deal - Wahrscheinlichkeit"
    " | Trato - Probabilidad | Negócio - Probabilidade | Affaire - Probabilité",
    Fact.OPENED_ON: "Deal - Deal created | Deal - Deal created on"
    " | Deal - Creation date | Deal - Deal erstellt | Trato - Trato creado"
    " | Negócio - Negócio criado em | Negócio - Data de criação do negócio"
    " | Affaire - Affaire créée | Affaire - Date de création",
    Fact.IN_STAGE_SINCE: "Deal - Last stage change | Deal - Letzte Phasenänderung"
    " | Negócio - Última alteração de etapa",
    Fact.EXPECTED_CLOSE_ON: "Deal - Expected close date"
    " | Deal - Erwartetes Abschlussdatum | Deal - Voraussichtliches Abschlussdatum"
    " | Trato - Fecha prevista de cierre | Trato - Fecha de cierre prevista"
    " | Negócio - Data de fechamento esperada | Affaire - Date de clôture prévue",
    Fact.CLOSED_ON: "Deal - Deal closed on | Deal - Closed on"
    " | Deal - Deal abgeschlossen am",
    Fact.WON_ON: "Deal - Won time | Deal - Datum des gewonnenen Deals"
    " | Negócio - Ganho em | Negócio - Data de ganho | Affaire - Date de gain",
    Fact.LOST_ON: "Deal - Lost time | Deal - Datum des verlorenen Deals"
    " | Negócio - Data de perda | Affaire - Date de perte",
    Fact.LOST_REASON: "Deal - Lost reason | Deal - Verlustgrund"
    " | Trato - Motivo de pérdida | Negócio - Motivo da perda"
    " | Affaire - Raison de la perte | Affaire - Raison de perte",
    Fact.LEAD_SOURCE: "Deal - Source channel | Deal - Lead Source"
    " | Deal - Source origin | Negócio - Fonte do Lead | Negócio - Canal de origem"
    " | Affaire - Source du lead",
}

ZOHO = {
    Fact.KEY: "Record Id | Deal Id | Potential Id",
    Fact.TITLE: "Deal Name | Potential Name | Nombre de Trato | Nome do Negócio"
    " | Nom de l'affaire | 商談名",
    Fact.ACCOUNT: "Account Name | Nombre de Cuenta | Nome da Conta | Nom du compte"
    " | Kontoname | 取引先名",
    Fact.OWNER: "Deal Owner | Potential Owner | Propietario de Trato"
    " | Proprietário de Negócio | Propriétaire de l'affaire | 商談の担当者",
    Fact.AMOUNT: "Amount | Betrag | Importe | Valor | Montant | 総額",
    Fact.CURRENCY: "Currency | Währung | Moneda | Moeda | Devise",
    Fact.STAGE: "Stage | Phase | Fase | Estágio | Étape | ステージ",
    Fact.PROBABILITY: "Probability (%) | Wahrscheinlichkeit (%) | Probabilidad (%)"
    " | Probabilidade (%) | Probabilité (%) | 確率 (%)",
    Fact.OPENED_ON: "Created Time | Erstellt um | Hora de creación | Hora da Criação"
    " | Heure de création | 作成日時",
    Fact.CLOSE_ON: "Closing Date | Abschlussdatum | Fecha de cierre"
    " | Data de Fechamento | Date de clôture | 完了予定日",
    Fact.LOST_REASON: "Reason For Loss | Lost Reason | Reason For Loss__s",
    Fact.LEAD_SOURCE: "Lead Source | Lead-Quelle | Fuente de Posible cliente"
    " | Fonte de lead | Source du prospect | 見込み客のデータ元",
}

DYNAMICS = {
    Fact.KEY: "(Do Not Modify) Opportunity | opportunityid"
    " | (Nicht ändern) Verkaufschance | (No modificar) Oportunidad"
    " | (Não Modificar) Oportunidade | (Ne pas modifier) Opportunité"
    " | (変更しないでください) 営業案件",
    Fact.TITLE: "Topic | name | Thema | Tema | Tópico | Rubrique | トピック",
    Fact.ACCOUNT: "Potential Customer | Account | Customer | Potenzieller Kunde"
    " | Cliente potencial | Cliente em potencial | Client potentiel | 潜在顧客",
    Fact.OWNER: "Owner | Besitzer | Propietario | Proprietário | Propriétaire | 所有者",
    Fact.AMOUNT: "Est. revenue | Est. Value | Estimated Revenue | estimatedvalue"
    " | Actual Revenue | Gesch. Umsatz | Geschätzter Umsatz | Ingresos est."
    " | Ingresos estimados | Receita est. | Receita estimada | Revenu estimé"
    " | CA estimé | 見込収益",
    Fact.CURRENCY: "Currency | transactioncurrencyid | Währung | Divisa | Moeda"
    " | Devise | 通貨",
    Fact.STAGE: "Pipeline Phase | Sales Stage | stepname | Pipelinephase"
    " | Vertriebsphase | Fase de canalización | Fase do pipeline | Phase du pipeline",
    Fact.OUTCOME: "Status | statecode | Estado | Statut | 状態",
    Fact.PROBABILITY: "Probability | closeprobability | Wahrscheinlichkeit"
    " | Probabilidad | Probabilidade | Probabilité | 確率",
    Fact.OPENED_ON: "Created On | Erstellt am | Fecha de creación | Criado em | Créé le"
    " | 作成日",
    Fact.EXPECTED_CLOSE_ON: "Est. close date | Estimated Close Date"
    " | Gesch. Abschlussdatum | Geschätztes Abschlussdatum | Fecha de cierre est."
    " | Fecha de cierre estimada | Data de fechamento est."
    " | Data de fechamento estimada | Date de clôture estimée",
    Fact.CLOSED_ON: "Actual Close Date | Tatsächliches Abschlussdatum"
    " | Fecha de cierre real | Data de fechamento real | Date de clôture réelle",
    Fact.LOST_REASON: "Status Reason | Statusgrund | Razón para el estado"
    " | Razão do Status | Raison du statut",
}

# Close dates an open deal's hope and a won one's day in the same column. Its value is
# in cents, and formatted it is not.
CLOSE = {
    Fact.KEY: "id | opportunity_id",
    Fact.ACCOUNT: "lead_name",
    Fact.OWNER: "user_name",
    Fact.AMOUNT: "value_formatted | value",
    Fact.CURRENCY: "value_currency",
    Fact.STAGE: "status_label",
    Fact.OUTCOME: "status_type",
    Fact.PROBABILITY: "confidence",
    Fact.OPENED_ON: "date_created",
    Fact.CLOSE_ON: "date_won",
    Fact.LOST_ON: "date_lost",
}

COPPER = {
    Fact.KEY: "Copper ID | Opportunity ID | Id",
    Fact.TITLE: "Opportunity Name | Name",
    Fact.ACCOUNT: "Company | Company Name",
    Fact.OWNER: "Owned By | Owner | Assignee",
    Fact.OWNER_EMAIL: "Assignee Email",
    Fact.AMOUNT: "Value | Monetary Value | Converted Value",
    Fact.CURRENCY: "Currency",
    Fact.STAGE: "Stage | Pipeline Stage | Pipeline Stage Name",
    Fact.OUTCOME: "Status",
    Fact.PROBABILITY: "Win Probability",
    Fact.OPENED_ON: "Created At | Date Created",
    Fact.IN_STAGE_SINCE: "Last Stage At",
    Fact.CLOSE_ON: "Close Date",
    Fact.LOST_REASON: "Loss Reason | Loss Reason Name",
    Fact.LEAD_SOURCE: "Source | Customer Source",
}

FRESHSALES = {
    Fact.KEY: "Deal ID | ID",
    Fact.TITLE: "Deal name | Name",
    Fact.ACCOUNT: "Related account | Sales account | Account name",
    Fact.PRODUCT: "Product | Deal product",
    Fact.OWNER: "Sales owner | Owner | Deal owner name",
    Fact.OWNER_EMAIL: "Sales owner email | Owner email",
    Fact.AMOUNT: "Deal value | Amount",
    Fact.CURRENCY: "Currency | Deal currency",
    Fact.STAGE: "Deal stage",
    Fact.PROBABILITY: "Probability (%)",
    Fact.OPENED_ON: "Created at",
    Fact.EXPECTED_CLOSE_ON: "Expected close date | Expected close",
    Fact.CLOSED_ON: "Closed date",
    Fact.LOST_REASON: "Lost reason | Deal reason",
    Fact.LEAD_SOURCE: "Source",
}

ATTIO = {
    Fact.KEY: "Record ID",
    Fact.TITLE: "Deal name | Record",
    Fact.ACCOUNT: "Associated company",
    Fact.OWNER: "Deal owner",
    Fact.AMOUNT: "Deal value",
    Fact.STAGE: "Deal stage",
    Fact.OPENED_ON: "Created at",
    Fact.CLOSE_ON: "Close date",
}

TWENTY = {
    Fact.KEY: "Id",
    Fact.TITLE: "Name",
    Fact.ACCOUNT: "Company / Name | Company",
    Fact.OWNER: "Owner",
    Fact.AMOUNT: "Amount / Amount | Amount",
    Fact.CURRENCY: "Amount / Currency | Amount / Currency Code",
    Fact.STAGE: "Stage",
    Fact.OPENED_ON: "Creation date | Created at",
    Fact.CLOSE_ON: "Close date",
}

ESPO = {
    Fact.KEY: "ID",
    Fact.TITLE: "Name | Nombre | Nome | Nom | 名前",
    Fact.ACCOUNT: "Account | Account Name | Firma | Cuenta | Conta | Compte",
    Fact.OWNER: "Assigned User | assignedUserName | Zugewiesener Benutzer"
    " | Usuario asignado | Usuário Atribuído | Utilisateur assigné",
    Fact.AMOUNT: "Amount | Amount (converted) | Betrag | Cantidad | Valor | Montant",
    Fact.CURRENCY: "Amount Currency | Betrag Währung | Cantidad Moneda",
    Fact.STAGE: "Stage | Verkaufsphase | Etapa | Estágio | Étape",
    Fact.PROBABILITY: "Probability, % | Wahrscheinlichkeit (%) | Probabilidad, %"
    " | Probabilidade, % | Probabilité, %",
    Fact.OPENED_ON: "Created At | Erstellt am | Creado el | Criado em | Créé le",
    Fact.CLOSE_ON: "Close Date | Abschlussdatum | Fecha de cierre | Data de Fechamento"
    " | Date de fermeture",
    Fact.LEAD_SOURCE: "Lead Source | Quelle | Fuente Principal | Origem do Lead",
}

CRM_EXPORT = {
    Fact.KEY: "opportunity_id",
    Fact.ACCOUNT: "account",
    Fact.PRODUCT: "product",
    Fact.OWNER: "sales_agent",
    Fact.AMOUNT: "close_value",
    Fact.STAGE: "deal_stage",
    Fact.OPENED_ON: "engage_date",
    Fact.CLOSE_ON: "close_date",
}

DEAL_HEADERS: dict[System, dict[Fact, str]] = {
    System.SALESFORCE: SALESFORCE,
    System.HUBSPOT: HUBSPOT,
    System.PIPEDRIVE: PIPEDRIVE,
    System.ZOHO: ZOHO,
    System.DYNAMICS: DYNAMICS,
    System.CLOSE: CLOSE,
    System.COPPER: COPPER,
    System.FRESHSALES: FRESHSALES,
    System.ATTIO: ATTIO,
    System.TWENTY: TWENTY,
    System.ESPO: ESPO,
    System.CRM_EXPORT: CRM_EXPORT,
}
