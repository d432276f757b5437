"""Addresses of the board, and a deal's page."""

from django.urls import path

from reps.views.board import (
    board,
    cancellations,
    criteria,
    deal_files,
    deal_list,
    deal_moves,
    deals,
    find_deal,
)

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/lanes/<int:stage_id>/", board.board_lane, name="board_lane"),
    path("deals/", deal_list.deal_list, name="deal_list"),
    path("deals/find/", find_deal.find_deal, name="find_deal"),
    path("deals/file/", deal_files.deal_file, name="deal_file"),
    path("deals/moves/file/", deal_files.move_file, name="move_file"),
    path("deals/add/", deals.add_deal, name="add_deal"),
    path("deals/<int:deal_id>/", deals.deal_detail, name="deal_detail"),
    path("deals/<int:deal_id>/edit/", deals.edit_deal, name="edit_deal"),
    path(
        "deals/<int:won_deal_id>/cancel/", cancellations.cancel_deal, name="cancel_deal"
    ),
    path(
        "deals/<int:won_deal_id>/cancellations/<int:cancellation_id>/take-back/",
        cancellations.take_back_cancellation,
        name="take_back_cancellation",
    ),
    path("deals/<int:deal_id>/move/", deal_moves.move_deal, name="move_deal"),
    path("deals/<int:deal_id>/move/menu/", deal_moves.move_menu, name="move_menu"),
    path(
        "deals/<int:deal_id>/criteria/<int:criterion_id>/meet/",
        criteria.meet_criterion,
        name="meet_criterion",
    ),
    path(
        "deals/<int:deal_id>/criteria/<int:criterion_id>/unmeet/",
        criteria.unmeet_criterion,
        name="unmeet_criterion",
    ),
]
