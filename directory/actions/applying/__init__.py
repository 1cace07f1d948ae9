"""Ways in: what applicants, vouchers and whoever objects do."""

from directory.actions.applying.answering import (
    StaleApplicationError,
    answer_stewards,
    edit_answers,
    submit_application,
    withdraw_application,
)
from directory.actions.applying.beginning import (
    Begun,
    DeadStepError,
    begin_application,
    take_first_step,
    use_first_step,
)
from directory.actions.applying.objecting import object_to_claim
from directory.actions.applying.proving import confirm_proof, object_to_proof, send_proof
from directory.actions.applying.vouching import (
    ask_vouch,
    decline_vouch,
    give_vouch,
    withdraw_vouch,
)

__all__ = [
    "Begun",
    "DeadStepError",
    "StaleApplicationError",
    "answer_stewards",
    "ask_vouch",
    "begin_application",
    "confirm_proof",
    "decline_vouch",
    "edit_answers",
    "give_vouch",
    "object_to_claim",
    "object_to_proof",
    "send_proof",
    "submit_application",
    "take_first_step",
    "use_first_step",
    "withdraw_application",
    "withdraw_vouch",
]
