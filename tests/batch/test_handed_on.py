"""How a batch is handed to executors: in few pieces, tried once more alone, with results that can be sent."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from generator.batch.one_file import RenderedFile
from generator.batch.workers import by_executor
from generator.diagnostics.catalogue import diagnostic


class DiesWithCompany(ThreadPoolExecutor):
    """Gives up what is under way beside one piece, and this one always, as a cluster does whose workers it ends."""

    def __init__(self):
        super().__init__(1)
        self.under_way = []
        self.all_there = threading.Event()

    def held(self, piece):
        """Piece 3 ends when the last is under way, too."""
        assert piece != 3 or self.all_there.wait(60)
        return str(piece)

    def submit(self, function, /, *arguments, **named):
        future = super().submit(function, *arguments, **named)
        self.under_way = [*(one for one in self.under_way if not one[1].done()), (arguments[0], Future())]
        own = self.under_way[-1]
        future.add_done_callback(lambda done: self._settle(own, done))
        if arguments[0] == 5:
            self.all_there.set()
        return own[1]

    def _settle(self, own, done):
        if own[0] == 3:
            for _, future in self.under_way:
                if not future.done():
                    future.set_exception(RuntimeError("its worker died"))
        elif not own[1].done():
            own[1].set_result(done.result())


def it_tries_once_more_alone_what_an_executor_gave_up():
    with DiesWithCompany() as executor:
        found = list(by_executor(executor, executor.held, range(6), lost=lambda piece, fault: f"{piece}: {fault}"))
    assert found == ["0", "1", "2", "3: its worker died", "4", "5"]


def it_hands_on_few_pieces_at_once():
    """The results of a large batch are never all in memory."""
    handed = []

    def pieces():
        for number in range(100):
            handed.append(number)
            yield number

    with ThreadPoolExecutor(2) as pool:
        for number, result in enumerate(by_executor(pool, str, pieces(), lost=lambda piece, fault: str(fault))):
            assert result == str(number)
            assert len(handed) <= number + 8


def it_hands_results_that_workers_can_send():
    import pickle

    sent = RenderedFile("a.yaml", 1, (diagnostic("file-missing", name="a"),), standard=("x@1", "00"))
    assert pickle.loads(pickle.dumps(sent)) == sent
