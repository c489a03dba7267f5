"""Laws, codes and ordinances (luật, bộ luật, pháp lệnh) with number and the day they were passed.

One a line: name | number | date; the date is left out where no source in hand gave it. Compiled from the
documents that cite them. An office adds its own with ``LawTable.extended``.
"""

LAW_LINES = """\
Bộ luật Dân sự | 33/2005/QH11 | 2005-06-14
Bộ luật Dân sự | 91/2015/QH13 | 2015-11-24
Bộ luật Hàng hải Việt Nam | 95/2015/QH13 | 2015-11-25
Bộ luật Hình sự | 100/2015/QH13 | 2015-11-27
Bộ luật Hình sự | 15/1999/QH10 | 1999-12-21
Bộ luật Lao động | 10/2012/QH13 | 2012-06-18
Bộ luật Lao động | 45/2019/QH14 | 2019-11-20
Bộ luật Tố tụng dân sự | 24/2004/QH11 | 2004-06-15
Bộ luật Tố tụng dân sự | 92/2015/QH13 | 2015-11-25
Bộ luật Tố tụng hình sự | 101/2015/QH13 | 2015-11-27
Bộ luật Tố tụng hình sự | 19/2003/QH11 | 2003-11-26
Luật An ninh mạng | 116/2025/QH15 | 2025-12-10
Luật An ninh mạng | 24/2018/QH14 | 2018-06-12
Luật An ninh quốc gia | 32/2004/QH11 | 2004-12-03
Luật An toàn thông tin mạng | 86/2015/QH13 | 2015-11-19
Luật An toàn thực phẩm | 55/2010/QH12 | 2010-06-17
Luật An toàn, vệ sinh lao động | 84/2015/QH13 | 2015-06-25
Luật Ban hành văn bản quy phạm pháp luật | 64/2025/QH15 | 2025-02-19
Luật Ban hành văn bản quy phạm pháp luật | 80/2015/QH13 | 2015-06-22
Luật Biên giới quốc gia | 06/2003/QH11 | 2003-06-17
Luật Biên phòng Việt Nam | 66/2020/QH14 | 2020-11-11
Luật Biển Việt Nam | 18/2012/QH13 | 2012-06-21
Luật Báo chí | 103/2016/QH13 | 2016-04-05
Luật Bình đẳng giới | 73/2006/QH11 | 2006-11-29
Luật Bưu chính | 49/2010/QH12 | 2010-06-17
Luật Bảo hiểm tiền gửi | 06/2012/QH13 | 2012-06-18
Luật Bảo hiểm xã hội | 41/2024/QH15 | 2024-06-29
Luật Bảo hiểm xã hội | 58/2014/QH13 | 2014-11-20
Luật Bảo hiểm xã hội | 71/2006/QH11 | 2006-06-29
Luật Bảo hiểm y tế | 25/2008/QH12 | 2008-11-14
Luật Bảo vệ bí mật nhà nước | 29/2018/QH14 | 2018-11-15
Luật Bảo vệ dữ liệu cá nhân | 91/2025/QH15 | 2025-06-26
Luật Bảo vệ môi trường | 52/2005/QH11 | 2005-11-29
Luật Bảo vệ môi trường | 55/2014/QH13 | 2014-06-23
Luật Bảo vệ môi trường | 72/2020/QH14 | 2020-11-17
Luật Bảo vệ quyền lợi người tiêu dùng | 19/2023/QH15 | 2023-06-20
Luật Bảo vệ quyền lợi người tiêu dùng | 59/2010/QH12 |
Luật Bảo vệ và kiểm dịch thực vật | 41/2013/QH13 | 2013-11-25
Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân | 85/2015/QH13 | 2015-06-25
Luật Chuyển giao công nghệ | 07/2017/QH14 | 2017-06-19
Luật Chuyển giao công nghệ | 80/2006/QH11 | 2006-11-29
Luật Chuyển giao người đang chấp hành án phạt tù | 101/2025/QH15 |
Luật Chăn nuôi | 32/2018/QH14 | 2018-11-19
Luật Chất lượng sản phẩm, hàng hóa | 05/2007/QH12 | 2007-11-21
Luật Chứng khoán | 54/2019/QH14 | 2019-11-26
Luật Chứng khoán | 70/2006/QH11 |
Luật Các công cụ chuyển nhượng | 49/2005/QH11 | 2005-11-29
Luật Các tổ chức tín dụng | 32/2024/QH15 | 2024-01-18
Luật Các tổ chức tín dụng | 47/2010/QH12 | 2010-06-16
Luật Cán bộ, công chức | 22/2008/QH12 | 2008-11-13
Luật Cán bộ, công chức | 80/2025/QH15 | 2025-06-24
Luật Công an nhân dân | 37/2018/QH14 | 2018-11-20
Luật Công an nhân dân | 54/2005/QH11 | 2005-11-29
Luật Công an nhân dân | 73/2014/QH13 |
Luật Công chứng | 53/2014/QH13 | 2014-06-20
Luật Công chứng | 82/2006/QH11 | 2006-11-29
Luật Công nghệ cao | 133/2025/QH15 | 2025-12-10
Luật Công nghệ cao | 21/2008/QH12 | 2008-11-13
Luật Công nghệ thông tin | 67/2006/QH11 | 2006-06-29
Luật Công đoàn | 12/2012/QH13 | 2012-06-20
Luật Căn cước | 26/2023/QH15 | 2023-11-27
Luật Căn cước công dân | 59/2014/QH13 | 2014-11-20
Luật Cơ quan đại diện nước Cộng hòa xã hội chủ nghĩa Việt Nam ở nước ngoài | 33/2009/QH12 | 2009-06-18
Luật Cơ yếu | 05/2011/QH13 | 2011-11-26
Luật Cư trú | 68/2020/QH14 | 2020-11-13
Luật Cư trú | 81/2006/QH11 | 2006-11-29
Luật Cạnh tranh | 23/2018/QH14 | 2018-06-12
Luật Cạnh tranh | 27/2004/QH11 |
Luật Cảnh sát biển Việt Nam | 33/2018/QH14 | 2018-11-19
Luật Cảnh sát cơ động | 04/2022/QH15 | 2022-06-14
Luật Cảnh vệ | 13/2017/QH14 | 2017-06-20
Luật Di sản văn hóa | 28/2001/QH10 | 2001-06-29
Luật Di sản văn hóa | 45/2024/QH15 | 2024-11-23
Luật Doanh nghiệp | 59/2020/QH14 | 2020-06-17
Luật Doanh nghiệp | 60/2005/QH11 | 2005-11-29
Luật Doanh nghiệp | 68/2014/QH13 | 2014-11-26
Luật Du lịch | 09/2017/QH14 | 2017-06-19
Luật Dược | 105/2016/QH13 | 2016-04-06
Luật Dược | 34/2005/QH11 | 2005-06-14
Luật Dạy nghề | 76/2006/QH11 |
Luật Dầu khí | 12/2022/QH15 | 2022-11-14
Luật Dẫn độ | 100/2025/QH15 |
Luật Dữ liệu | 60/2024/QH15 | 2024-11-30
Luật Dự trữ quốc gia | 22/2012/QH13 | 2012-11-20
Luật Giao dịch điện tử | 20/2023/QH15 | 2023-06-22
Luật Giao dịch điện tử | 51/2005/QH11 | 2005-11-29
Luật Giao thông đường bộ | 23/2008/QH12 | 2008-11-13
Luật Giao thông đường thủy nội địa | 23/2004/QH11 | 2004-06-15
Luật Giá | 11/2012/QH13 | 2012-06-20
Luật Giá | 16/2023/QH15 | 2023-06-19
Luật Giám định tư pháp | 13/2012/QH13 | 2012-06-20
Luật Giáo dục | 38/2005/QH11 | 2005-06-14
Luật Giáo dục | 43/2019/QH14 | 2019-06-14
Luật Giáo dục nghề nghiệp | 124/2025/QH15 |
Luật Giáo dục nghề nghiệp | 74/2014/QH13 | 2014-11-27
Luật Giáo dục quốc phòng và an ninh | 30/2013/QH13 | 2013-06-19
Luật Giáo dục đại học | 08/2012/QH13 | 2012-06-18
Luật Giáo dục đại học | 125/2025/QH15 |
Luật Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác | 75/2006/QH11 | 2006-11-29
Luật Hoạt động chữ thập đỏ | 11/2008/QH12 | 2008-06-03
Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân | 87/2015/QH13 | 2015-11-20
Luật Hàng không dân dụng Việt Nam | 66/2006/QH11 | 2006-06-29
Luật Hòa giải ở cơ sở | 35/2013/QH13 | 2013-06-20
Luật Hòa giải, đối thoại tại Tòa án | 58/2020/QH14 | 2020-06-16
Luật Hóa chất | 06/2007/QH12 | 2007-11-21
Luật Hôn nhân và gia đình | 22/2000/QH10 | 2000-06-09
Luật Hôn nhân và gia đình | 52/2014/QH13 | 2014-06-19
Luật Hải quan | 54/2014/QH13 | 2014-06-23
Luật Hỗ trợ doanh nghiệp nhỏ và vừa | 04/2017/QH14 | 2017-06-12
Luật Hộ tịch | 60/2014/QH13 | 2014-11-20
Luật Hợp tác xã | 17/2023/QH15 | 2023-06-20
Luật Hợp tác xã | 23/2012/QH13 | 2012-11-20
Luật Khiếu nại | 02/2011/QH13 | 2011-11-11
Luật Khiếu nại, tố cáo | 09/1998/QH10 |
Luật Khoa học và công nghệ | 29/2013/QH13 | 2013-06-18
Luật Khoa học, công nghệ và đổi mới sáng tạo | 93/2025/QH15 | 2025-06-27
Luật Khoáng sản | 60/2010/QH12 | 2010-11-17
Luật Khám bệnh, chữa bệnh | 15/2023/QH15 | 2023-01-09
Luật Khám bệnh, chữa bệnh | 40/2009/QH12 | 2009-11-23
Luật Khí tượng thủy văn | 90/2015/QH13 | 2015-11-23
Luật Kinh doanh bảo hiểm | 08/2022/QH15 | 2022-06-16
Luật Kinh doanh bảo hiểm | 24/2000/QH10 | 2000-12-09
Luật Kinh doanh bất động sản | 29/2023/QH15 | 2023-11-28
Luật Kinh doanh bất động sản | 66/2014/QH13 | 2014-11-25
Luật Kiến trúc | 40/2019/QH14 | 2019-06-13
Luật Kiểm toán nhà nước | 81/2015/QH13 | 2015-06-24
Luật Kiểm toán độc lập | 67/2011/QH12 | 2011-03-29
Luật Kế toán | 88/2015/QH13 | 2015-11-20
Luật Dân quân tự vệ | 48/2019/QH14 | 2019-11-22
Luật Lâm nghiệp | 16/2017/QH14 | 2017-11-15
Luật Lý lịch tư pháp | 28/2009/QH12 | 2009-06-17
Luật Lưu trữ | 01/2011/QH13 | 2011-11-11
Luật Lưu trữ | 33/2024/QH15 | 2024-06-21
Luật Lực lượng dự bị động viên | 53/2019/QH14 | 2019-11-26
Luật Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở | 30/2023/QH15 | 2023-11-28
Luật Mặt trận Tổ quốc Việt Nam | 75/2015/QH13 | 2015-06-09
Luật Nghĩa vụ quân sự | 78/2015/QH13 | 2015-06-19
Luật Ngân hàng Nhà nước Việt Nam | 46/2010/QH12 | 2010-06-16
Luật Ngân sách nhà nước | 01/2002/QH11 | 2002-12-16
Luật Ngân sách nhà nước | 83/2015/QH13 | 2015-06-25
Luật Ngân sách nhà nước | 89/2025/QH15 | 2025-06-25
Luật Người cao tuổi | 39/2009/QH12 | 2009-11-23
Luật Người khuyết tật | 51/2010/QH12 | 2010-06-17
Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng | 69/2020/QH14 | 2020-11-13
Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng | 72/2006/QH11 |
Luật Nhà giáo | 73/2025/QH15 | 2025-06-16
Luật Nhà ở | 27/2023/QH15 | 2023-11-27
Luật Nhà ở | 65/2014/QH13 | 2014-11-25
Luật Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam | 47/2014/QH13 | 2014-06-16
Luật Nuôi con nuôi | 52/2010/QH12 | 2010-06-17
Luật Năng lượng nguyên tử | 18/2008/QH12 | 2008-06-03
Luật Phá sản | 21/2004/QH11 |
Luật Phá sản | 51/2014/QH13 | 2014-06-19
Luật Phí và lệ phí | 97/2015/QH13 | 2015-11-25
Luật Phòng bệnh | 114/2025/QH15 | 2025-12-10
Luật Phòng cháy và chữa cháy | 27/2001/QH10 | 2001-06-29
Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ | 55/2024/QH15 | 2024-11-29
Luật Phòng, chống bạo lực gia đình | 02/2007/QH12 | 2007-11-21
Luật Phòng, chống bạo lực gia đình | 13/2022/QH15 | 2022-11-14
Luật Phòng, chống bệnh truyền nhiễm | 03/2007/QH12 | 2007-11-21
Luật Phòng, chống khủng bố | 28/2013/QH13 | 2013-06-12
Luật Phòng, chống ma túy | 23/2000/QH10 |
Luật Phòng, chống ma túy | 73/2021/QH14 | 2021-03-30
Luật Phòng, chống mua bán người | 66/2011/QH12 | 2011-03-29
Luật Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (HIV/AIDS) | 64/2006/QH11 | 2006-06-29
Luật Phòng, chống tham nhũng | 36/2018/QH14 | 2018-11-20
Luật Phòng, chống thiên tai | 33/2013/QH13 | 2013-06-19
Luật Phòng, chống tác hại của rượu, bia | 44/2019/QH14 | 2019-06-14
Luật Phòng, chống tác hại của thuốc lá | 09/2012/QH13 | 2012-06-18
Luật Phổ biến, giáo dục pháp luật | 14/2012/QH13 | 2012-06-20
Luật Phục hồi, phá sản | 142/2025/QH15 | 2025-12-11
Luật Quy hoạch | 112/2025/QH15 |
Luật Quy hoạch | 21/2017/QH14 | 2017-11-24
Luật Quy hoạch đô thị | 30/2009/QH12 |
Luật Quy hoạch đô thị và nông thôn | 47/2024/QH15 | 2024-11-26
Luật Quân nhân chuyên nghiệp, công nhân và viên chức quốc phòng | 98/2015/QH13 | 2015-11-26
Luật Quản lý ngoại thương | 05/2017/QH14 | 2017-06-12
Luật Quản lý nợ công | 20/2017/QH14 | 2017-11-23
Luật Quản lý nợ công | 29/2009/QH12 | 2009-06-17
Luật Quản lý thuế | 108/2025/QH15 | 2025-12-10
Luật Quản lý thuế | 38/2019/QH14 | 2019-06-13
Luật Quản lý thuế | 78/2006/QH11 | 2006-11-29
Luật Quản lý và đầu tư vốn nhà nước tại doanh nghiệp | 68/2025/QH15 | 2025-06-14
Luật Quản lý, sử dụng tài sản công | 15/2017/QH14 | 2017-06-21
Luật Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ | 14/2017/QH14 | 2017-06-20
Luật Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ | 42/2024/QH15 | 2024-06-29
Luật Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp | 69/2014/QH13 | 2014-11-26
Luật Quảng cáo | 16/2012/QH13 | 2012-06-21
Luật Quốc phòng | 22/2018/QH14 | 2018-06-08
Luật Quốc phòng | 39/2005/QH11 |
Luật Sở hữu trí tuệ | 50/2005/QH11 | 2005-11-29
Luật Sử dụng năng lượng tiết kiệm và hiệu quả | 50/2010/QH12 | 2010-06-17
Luật Thanh niên | 57/2020/QH14 | 2020-06-16
Luật Thanh tra | 11/2022/QH15 | 2022-11-14
Luật Thanh tra | 56/2010/QH12 | 2010-11-15
Luật Thanh tra | 84/2025/QH15 | 2025-06-25
Luật Thi hành tạm giữ, tạm giam | 94/2015/QH13 | 2015-11-25
Luật Thi hành án dân sự | 106/2025/QH15 |
Luật Thi hành án dân sự | 26/2008/QH12 |
Luật Thi hành án hình sự | 127/2025/QH15 | 2025-12-10
Luật Thi hành án hình sự | 41/2019/QH14 | 2019-06-14
Luật Thi hành án hình sự | 53/2010/QH12 |
Luật Thi đua, Khen thưởng | 06/2022/QH15 | 2022-06-15
Luật Thuế bảo vệ môi trường | 57/2010/QH12 | 2010-11-15
Luật Thuế giá trị gia tăng | 13/2008/QH12 | 2008-06-03
Luật Thuế giá trị gia tăng | 48/2024/QH15 | 2024-11-26
Luật Thuế sử dụng đất phi nông nghiệp | 48/2010/QH12 | 2010-06-17
Luật Thuế thu nhập cá nhân | 04/2007/QH12 | 2007-11-21
Luật Thuế thu nhập cá nhân | 109/2025/QH15 | 2025-12-10
Luật Thuế thu nhập doanh nghiệp | 09/2003/QH11 |
Luật Thuế thu nhập doanh nghiệp | 14/2008/QH12 | 2008-06-03
Luật Thuế thu nhập doanh nghiệp | 67/2025/QH15 | 2025-06-14
Luật Thuế tiêu thụ đặc biệt | 27/2008/QH12 | 2008-11-14
Luật Thuế tiêu thụ đặc biệt | 66/2025/QH15 | 2025-06-14
Luật Thuế tài nguyên | 45/2009/QH12 | 2009-11-25
Luật Thuế xuất khẩu, thuế nhập khẩu | 107/2016/QH13 | 2016-04-06
Luật Thuế xuất khẩu, thuế nhập khẩu | 45/2005/QH11 |
Luật Thú y | 79/2015/QH13 | 2015-06-19
Luật Thư viện | 46/2019/QH14 | 2019-11-21
Luật Thương mại | 36/2005/QH11 | 2005-06-14
Luật Thể dục, thể thao | 77/2006/QH11 | 2006-11-29
Luật Thỏa thuận quốc tế | 70/2020/QH14 | 2020-11-13
Luật Thống kê | 04/2003/QH11 |
Luật Thống kê | 89/2015/QH13 | 2015-11-23
Luật Thủ đô | 25/2012/QH13 | 2012-11-21
Luật Thủ đô | 39/2024/QH15 | 2024-06-28
Luật Thủy lợi | 08/2017/QH14 | 2017-06-19
Luật Thủy sản | 18/2017/QH14 | 2017-11-21
Luật Thực hiện dân chủ ở cơ sở | 10/2022/QH15 | 2022-11-10
Luật Thực hành tiết kiệm, chống lãng phí | 44/2013/QH13 | 2013-11-26
Luật Tiêu chuẩn và quy chuẩn kỹ thuật | 68/2006/QH11 | 2006-06-29
Luật Tiếp công dân | 42/2013/QH13 | 2013-11-25
Luật Tiếp cận thông tin | 104/2016/QH13 | 2016-04-06
Luật Trách nhiệm bồi thường của nhà nước | 10/2017/QH14 | 2017-06-20
Luật Trách nhiệm bồi thường của Nhà nước | 35/2009/QH12 |
Luật Trí tuệ nhân tạo | 134/2025/QH15 |
Luật Trưng cầu ý dân | 96/2015/QH13 | 2015-11-25
Luật Trưng mua, trưng dụng tài sản | 15/2008/QH12 | 2008-06-03
Luật Trật tự, an toàn giao thông đường bộ | 36/2024/QH15 | 2024-06-27
Luật Trẻ em | 102/2016/QH13 | 2016-04-05
Luật Trọng tài thương mại | 54/2010/QH12 | 2010-06-17
Luật Trồng trọt | 31/2018/QH14 | 2018-11-19
Luật Trợ giúp pháp lý | 11/2017/QH14 | 2017-06-20
Luật Trợ giúp pháp lý | 69/2006/QH11 |
Luật Tài nguyên nước | 17/2012/QH13 | 2012-06-21
Luật Tài nguyên nước | 28/2023/QH15 | 2023-11-27
Luật Tài nguyên, môi trường biển và hải đảo | 82/2015/QH13 | 2015-06-25
Luật Tín ngưỡng, tôn giáo | 02/2016/QH14 | 2016-11-18
Luật Tư pháp người chưa thành niên | 59/2024/QH15 |
Luật Tương trợ tư pháp | 08/2007/QH12 | 2007-11-21
Luật Tương trợ tư pháp về dân sự | 102/2025/QH15 |
Luật Tương trợ tư pháp về hình sự | 103/2025/QH15 |
Luật Tần số vô tuyến điện | 42/2009/QH12 | 2009-11-23
Luật Tố cáo | 03/2011/QH13 | 2011-11-11
Luật Tố cáo | 25/2018/QH14 | 2018-06-12
Luật Tố tụng hành chính | 64/2010/QH12 |
Luật Tố tụng hành chính | 93/2015/QH13 | 2015-06-22
Luật Tổ chức Chính phủ | 63/2025/QH15 | 2025-02-18
Luật Tổ chức Chính phủ | 76/2015/QH13 | 2015-06-19
Luật Tổ chức chính quyền địa phương | 65/2025/QH15 | 2025-02-19
Luật Tổ chức chính quyền địa phương | 72/2025/QH15 | 2025-06-16
Luật Tổ chức chính quyền địa phương | 77/2015/QH13 | 2015-06-19
Luật Tổ chức cơ quan điều tra hình sự | 99/2015/QH13 | 2015-11-26
Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân | 11/2003/QH11 |
Luật Tổ chức Quốc hội | 57/2014/QH13 | 2014-11-20
Luật Tổ chức Tòa án nhân dân | 62/2014/QH13 | 2014-11-24
Luật Tổ chức Viện kiểm sát nhân dân | 63/2014/QH13 | 2014-11-24
Luật Viên chức | 58/2010/QH12 | 2010-11-15
Luật Viễn thông | 24/2023/QH15 | 2023-11-24
Luật Viễn thông | 41/2009/QH12 | 2009-11-23
Luật Việc làm | 38/2013/QH13 | 2013-11-16
Luật Việc làm | 74/2025/QH15 | 2025-06-16
Luật Xuất bản | 19/2012/QH13 | 2012-11-20
Luật Xuất cảnh, nhập cảnh của công dân Việt Nam | 49/2019/QH14 | 2019-11-22
Luật Xây dựng | 135/2025/QH15 |
Luật Xây dựng | 16/2003/QH11 | 2003-11-26
Luật Xây dựng | 50/2014/QH13 | 2014-06-18
Luật Xử lý vi phạm hành chính | 15/2012/QH13 | 2012-06-20
Luật Đa dạng sinh học | 20/2008/QH12 | 2008-11-13
Luật Điều ước quốc tế | 108/2016/QH13 | 2016-04-09
Luật Điện lực | 28/2004/QH11 | 2004-12-03
Luật Điện lực | 61/2024/QH15 | 2024-11-30
Luật Điện ảnh | 05/2022/QH15 | 2022-06-15
Luật Điện ảnh | 62/2006/QH11 |
Luật Đo lường | 04/2011/QH13 | 2011-11-11
Luật Đo đạc và bản đồ | 27/2018/QH14 | 2018-06-14
Luật Đê điều | 79/2006/QH11 | 2006-11-29
Luật Đường bộ | 35/2024/QH15 | 2024-06-27
Luật Đường sắt | 06/2017/QH14 | 2017-06-16
Luật Đường sắt | 35/2005/QH11 |
Luật Đường sắt | 95/2025/QH15 | 2025-06-27
Luật Đất đai | 13/2003/QH11 | 2003-11-26
Luật Đất đai | 31/2024/QH15 | 2024-01-18
Luật Đất đai | 45/2013/QH13 | 2013-11-29
Luật Đấu giá tài sản | 01/2016/QH14 | 2016-11-17
Luật Đấu thầu | 22/2023/QH15 | 2023-06-23
Luật Đấu thầu | 43/2013/QH13 | 2013-11-26
Luật Đấu thầu | 61/2005/QH11 | 2005-11-29
Luật Đầu tư | 143/2025/QH15 | 2025-12-11
Luật Đầu tư | 59/2005/QH11 | 2005-11-29
Luật Đầu tư | 61/2020/QH14 | 2020-06-17
Luật Đầu tư | 67/2014/QH13 | 2014-11-26
Luật Đầu tư công | 39/2019/QH14 | 2019-06-13
Luật Đầu tư công | 49/2014/QH13 | 2014-06-18
Luật Đầu tư công | 58/2024/QH15 | 2024-11-29
Luật Đầu tư theo phương thức đối tác công tư | 64/2020/QH14 | 2020-06-18
Luật Đặc xá | 30/2018/QH14 | 2018-11-19
Luật Địa chất và khoáng sản | 54/2024/QH15 | 2024-11-29
Pháp lệnh Bưu chính, viễn thông | 43/2002/PL-UBTVQH10 |
Pháp lệnh Bảo vệ bí mật nhà nước | 30/2000/PL-UBTVQH10 | 2000-12-28
Pháp lệnh Bảo vệ công trình quan trọng liên quan đến an ninh quốc gia | 32/2007/PL-UBTVQH11 | 2007-04-20
Pháp lệnh Chi phí giám định, định giá; chi phí cho người làm chứng, người phiên dịch trong tố tụng | 02/2012/UBTVQH13 | 2012-03-28
Pháp lệnh Công an xã | 06/2008/PL-UBTVQH12 | 2008-11-21
Pháp lệnh Công nghiệp quốc phòng | 02/2008/PL-UBTVQH12 | 2008-01-26
Pháp lệnh Cảnh sát môi trường | 10/2014/UBTVQH13 | 2014-12-23
Pháp lệnh Cựu chiến binh | 27/2005/PL-UBTVQH11 | 2005-10-07
Pháp lệnh Dân số | 06/2003/PL-UBTVQH11 | 2003-01-09
Pháp lệnh Giống cây trồng | 15/2004/PL-UBTVQH11 |
Pháp lệnh Hợp nhất văn bản quy phạm pháp luật | 01/2012/UBTVQH13 | 2012-03-22
Pháp lệnh Ký kết và thực hiện thỏa thuận quốc tế | 33/2007/PL-UBTVQH11 |
Pháp lệnh Ngoại hối | 28/2005/PL-UBTVQH11 | 2005-12-13
Pháp lệnh Pháp điển hệ thống quy phạm pháp luật | 03/2012/UBTVQH13 | 2012-04-16
Pháp lệnh Phí và lệ phí | 38/2001/PL-UBTVQH10 | 2001-08-28
Pháp lệnh Phòng, chống mại dâm | 10/2003/PL-UBTVQH11 | 2003-03-14
Pháp lệnh Quản lý thị trường | 11/2016/UBTVQH13 | 2016-03-08
Pháp lệnh Thư viện | 31/2000/PL-UBTVQH10 | 2000-12-28
Pháp lệnh Thủ tục bắt giữ tàu bay | 11/2010/UBTVQH12 | 2010-03-16
Pháp lệnh Thủ tục bắt giữ tàu biển | 05/2008/UBTVQH12 | 2008-08-27
Pháp lệnh Tổ chức điều tra hình sự | 23/2004/PL-UBTVQH11 |
Pháp lệnh Án phí, lệ phí tòa án | 10/2009/PL-UBTVQH12 |
Pháp lệnh Động viên công nghiệp | 09/2003/PL-UBTVQH11 | 2003-02-25
Pháp lệnh Ưu đãi người có công với cách mạng | 02/2020/UBTVQH14 | 2020-12-09
"""
