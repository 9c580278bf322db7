/** What a widget answers when it is asked to describe itself, in markdown. */

export const documentation = `## twinwatch

What no metric can show, as the replica of the table in this region has it: the verdict on each monitor with its age and what every region sees of it,
the last 24 hours with how much of them was watched, open incidents with the way to the runbook, what the regions say of each other, and what was told last.

It only reads, and only in its own region: where another region is dark it shows how old its last words are. Time and monitors of which nothing is known are
grey, never green. There is one such widget for each region: where one cannot be drawn, look at the others.

### Parameters

None.
`;
