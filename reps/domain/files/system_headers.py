"""The headers of each system's exports, by what the rows are.

Deals have a file of their own; of people, activity and products it is the English ones,
which the spreadsheet's words do not say already.
"""

from reps.domain.files.deal_headers import DEAL_HEADERS
from reps.domain.files.fields import Fact, Kind
from reps.domain.files.our_headers import OUR_HEADERS
from reps.domain.files.systems import System

PEOPLE_HEADERS: dict[System, dict[Fact, str]] = {
    System.SALESFORCE: {
        Fact.FIRST_NAME: "First Name | FirstName",
        Fact.LAST_NAME: "Last Name | LastName",
        Fact.NAME: "Full Name | Name",
        Fact.EMAIL: "Email | Username",
        Fact.TEAM: "Department | Role | UserRole.Name",
        Fact.MANAGER: "Manager | Manager.Name | Manager: Full Name",
        Fact.MANAGER_EMAIL: "Manager.Email | Manager: Email",
        Fact.TIME_ZONE: "Time Zone | TimeZoneSidKey",
    },
    System.HUBSPOT: {
        Fact.FIRST_NAME: "First name",
        Fact.LAST_NAME: "Last name",
        Fact.EMAIL: "Email | User email",
        Fact.TEAM: "Main team | Primary team",
    },
    System.CRM_EXPORT: {
        Fact.NAME: "sales_agent",
        Fact.TEAM: "regional_office",
        Fact.MANAGER: "manager",
    },
}

LOG_HEADERS: dict[System, dict[Fact, str]] = {
    System.SALESFORCE: {
        Fact.KEY: "Activity ID | Id",
        Fact.OWNER: "Assigned | Owner.Name | Assigned To",
        Fact.OWNER_EMAIL: "Owner.Email",
        Fact.DAY: "Completed Date/Time | ActivityDate | Date",
        Fact.ACTIVITY: "Task Subtype | TaskSubtype | Type | Activity Type",
        Fact.IS_DONE: "Status | IsClosed",
    },
    System.HUBSPOT: {
        Fact.KEY: "Record ID | Activity ID | hs_object_id",
        Fact.OWNER: "Activity assigned to | Assigned to | Activity owner",
        Fact.DAY: "Activity date | hs_timestamp | Due date",
        Fact.ACTIVITY: "Activity type | hs_engagement_type | hs_activity_type",
        Fact.IS_DONE: "Task Status | hs_task_status",
    },
    System.PIPEDRIVE: {
        Fact.KEY: "Activity - ID | Activity - Pipedrive System ID",
        Fact.OWNER: "Activity - Assigned to user | Activity - Owner",
        Fact.DAY: "Activity - Marked as done time | Activity - Due date",
        Fact.ACTIVITY: "Activity - Type",
        Fact.IS_DONE: "Activity - Done",
    },
    System.ZOHO: {
        Fact.KEY: "Record Id",
        Fact.OWNER: "Task Owner | Call Owner | Event Owner | Host",
        Fact.DAY: "Closed Time | Call Start Time | Due Date | From",
        Fact.ACTIVITY: "Activity Type | Call Type",
        Fact.IS_DONE: "Status | Call Status",
    },
    System.DYNAMICS: {
        Fact.KEY: "(Do Not Modify) Activity | activityid",
        Fact.OWNER: "Owner",
        Fact.DAY: "Actual End | Due Date | actualend",
        Fact.ACTIVITY: "Activity Type | activitytypecode",
        Fact.IS_DONE: "Activity Status | statecode",
    },
    System.CLOSE: {
        Fact.KEY: "id",
        Fact.OWNER: "user_name",
        Fact.DAY: "activity_at | date_created",
        Fact.ACTIVITY: "_type | activity_type",
        Fact.IS_DONE: "status",
    },
    System.ESPO: {
        Fact.KEY: "ID",
        Fact.OWNER: "Assigned User | assignedUserName",
        Fact.DAY: "Date Start | dateStart",
        Fact.IS_DONE: "Status",
    },
}

PRODUCT_HEADERS: dict[System, dict[Fact, str]] = {
    System.SALESFORCE: {
        Fact.PRODUCT: "Product Name | Product2.Name",
        Fact.PRICE: "List Price | UnitPrice | Standard Price",
        Fact.CURRENCY: "CurrencyIsoCode",
    },
    System.PIPEDRIVE: {
        Fact.PRODUCT: "Product - Name",
        Fact.PRICE: "Product - Price | Product - Unit prices",
        Fact.CURRENCY: "Product - Currency",
    },
    System.CRM_EXPORT: {Fact.PRODUCT: "product", Fact.PRICE: "sales_price"},
}

SYSTEM_HEADERS: dict[Kind, dict[System, dict[Fact, str]]] = {
    Kind.DEALS: DEAL_HEADERS,
    Kind.PEOPLE: PEOPLE_HEADERS,
    Kind.ACTIVITY_LOG: LOG_HEADERS,
    Kind.PRODUCTS: PRODUCT_HEADERS,
}
for kind, ours in OUR_HEADERS.items():
    headers = {fact: header for header, fact in ours.items() if fact}
    SYSTEM_HEADERS[kind] = SYSTEM_HEADERS.get(kind, {}) | {System.SECOND_WIND: headers}
